/** What a template may name, in the words of mercure and some more. */
export interface TemplateValues {
  readonly rule: string;
  /** UID of the series or study that it is about. */
  readonly task_id: string;
  /** In capitals: `RECEIVED`, `COMPLETED`, `ERROR`. */
  readonly event: string;
  /** A sentence. */
  readonly details: string;
  /** What another template made of the same values; empty where there is none. */
  readonly body: string;
  /** Accession number; empty where patients are not to be named. */
  readonly acc: string;
  /** Patient ID; empty where patients are not to be named. */
  readonly mrn: string;
  /** Empty where patients are not to be named. */
  readonly patient_name: string;
  readonly DeviceSerialNumber: string;
  /** Series Instance UID; empty where it is about a study. */
  readonly series: string;
  /** Study Instance UID. */
  readonly study: string;
  readonly revision: number;
  /** Id of the notification: the same however often it is sent. */
  readonly notification: string;
  /** Names of the targets that it is about. */
  readonly targets: readonly string[];
}

/** Every name of {@link TemplateValues}, with an example. */
export const exampleValues: TemplateValues = {
  rule: 'CT to "archive"',
  task_id: '1.2.3',
  event: 'COMPLETED',
  details: 'delivered to archive,\nresearch',
  body: 'one line\nand another',
  acc: 'A1',
  mrn: '4711',
  patient_name: 'Doe^Jane',
  DeviceSerialNumber: '0815',
  series: '1.2.3',
  study: '1.2',
  revision: 1,
  notification: 'c0ffee00c0ffee00c0ff',
  targets: ['archive', 'research'],
};
