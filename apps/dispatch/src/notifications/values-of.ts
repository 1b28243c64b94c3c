import {
  factsOf,
  identityOf,
  representativeOf,
  seriesDecider,
  studyDecider,
  type KnownSeries,
} from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type Facts, type NotificationRequested } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import type { TemplateValues } from '@waystation/templates';
import { blotOut } from './blot-out.js';
import { wordsOf } from './words-of.js';

type Notification = NotificationRequested['data'];

export interface ValuesFrom {
  readonly commands: CommandHandler;
  /** Undefined where this service has no key that opens identities. */
  readonly identities: Identities | undefined;
}

/**
 * What templates may name of a notification. Who the patient is is opened here, and only where the channel may know; a
 * patient who was forgotten is nobody. For a study, its first series speaks.
 * @throws CodedError `notification.no-identity-key`; what opening an identity throws
 */
export const valuesOf = async (
  request: Notification,
  mayNamePatient: boolean,
  from: ValuesFrom,
): Promise<TemplateValues> => {
  const { notification, rule, event, details, revision, targets, studyInstanceUid, seriesInstanceUid } = request;
  const series = await seriesOf(request, from);
  const patient = mayNamePatient && series !== undefined ? await patientOf(series, from) : {};
  const words = await toldWords(request, series, mayNamePatient, from);
  return {
    notification,
    rule,
    event: event.toUpperCase(),
    details: words === '' ? details : words,
    revision,
    targets,
    task_id: seriesInstanceUid ?? studyInstanceUid,
    series: seriesInstanceUid ?? '',
    study: studyInstanceUid,
    body: '',
    DeviceSerialNumber: series === undefined ? '' : (headerOf(series)['DeviceSerialNumber'] ?? ''),
    acc: patient['AccessionNumber'] ?? '',
    mrn: patient['PatientID'] ?? '',
    patient_name: patient['PatientName'] ?? '',
  };
};

/** The words of modules, without who the patient is where the channel may not know; none where nobody here can open them. */
const toldWords = async (
  request: Notification,
  series: KnownSeries | undefined,
  mayNamePatient: boolean,
  from: ValuesFrom,
): Promise<string> => {
  const { commands, identities } = from;
  if (request.words === undefined || identities === undefined) return '';
  const words = await wordsOf(request, commands, identities);
  if (mayNamePatient || words === '') return words;
  const patient = series === undefined ? {} : await patientOf(series, from);
  return Object.keys(patient).length === 0 ? '' : blotOut(words, patient);
};

const seriesOf = async (
  { seriesInstanceUid, studyInstanceUid }: Notification,
  { commands }: ValuesFrom,
): Promise<KnownSeries | undefined> => {
  const uid = seriesInstanceUid ?? (await firstSeriesOf(studyInstanceUid, commands));
  if (uid === undefined) return undefined;
  const { state } = await commands.load(seriesDecider, streamName.series(uid));
  return state.status === 'unknown' ? undefined : state;
};

const firstSeriesOf = async (studyInstanceUid: string, commands: CommandHandler): Promise<string | undefined> => {
  const { state } = await commands.load(studyDecider, streamName.study(studyInstanceUid));
  return state.series[0]?.seriesInstanceUid;
};

const representative = (series: KnownSeries) => representativeOf(series, Number.POSITIVE_INFINITY);

const headerOf = (series: KnownSeries): Facts => {
  const instance = representative(series);
  return instance === undefined ? series.header : factsOf(series, instance, {});
};

const patientOf = async (series: KnownSeries, { identities }: ValuesFrom): Promise<Facts> => {
  if (identities === undefined)
    throw new CodedError(
      'notification.no-identity-key',
      'the channel names patients, and this service has no key that tells who they are; see WAYSTATION_IDENTITY_KEY_FILE',
    );
  const instance = representative(series);
  return (instance && (await identities.open(identityOf(series, instance)))) ?? {};
};
