import type { ForgottenPatient, PatientReport } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorOption } from './authorship.js';
import { forgetReport } from '../output/forget-report.js';

interface ForgetOptions {
  readonly study?: string;
  readonly issuer?: string;
  readonly everyIssuer?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly author: string;
}

/** `waystation forget PATIENT` */
export const forgetCommand = (): Command =>
  new Command('forget')
    .description(
      'makes everybody forget who a patient is, for good: destroys the keys that the identity is sealed with',
    )
    .argument('[patient]', 'exact Patient ID')
    .option('--issuer <issuer>', 'who gave the Patient ID; an empty one is nobody')
    .option('--every-issuer', 'everybody who has this Patient ID, whoever gave it')
    .option('--study <uid>', 'instead of a Patient ID: the patient of a study that names none')
    .option('--dry-run', 'shows what it concerns, and changes nothing')
    .option('--reason <text>', 'why; stays in the log for ever, so it must not say who it is about')
    .addOption(authorOption())
    .addHelpText(
      'after',
      `
Examples:
  waystation forget 4711 --dry-run
  waystation forget 4711 --issuer HOSPITAL --reason "request 2026-117, granted"
  waystation forget --study 1.2.826.0.1.3680043.8.1055.1 --reason "request 2026-118, granted"

It cannot be undone. The DICOM objects stay where they are: the answer lists them.`,
    )
    .action(async (patientId: string | undefined, options: ForgetOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const which = whichPatient(patientId, options);
      const { everyIssuer, dryRun = false, reason, author } = options;
      if (!dryRun && reason === undefined)
        throw new CodedError('cli.reason-needed', 'forgetting a patient needs a reason: --reason <text>');
      const destroyed = dryRun
        ? undefined
        : await api.control<readonly ForgottenPatient[]>('POST', 'api/patients/forget', {
            ...which,
            ...(everyIssuer === true ? { everyIssuer } : {}),
            reason,
            ...(author === '' ? {} : { author }),
          });
      const all = await api.post<readonly PatientReport[]>('api/patients/find', which);
      const concerned = destroyed?.map(({ pseudonym }) => pseudonym);
      const patients = all.filter(({ pseudonym }) => concerned?.includes(pseudonym) ?? true);
      const keysDestroyed = destroyed?.reduce((sum, { keys }) => sum + keys, 0);
      output.answer({ dryRun, ...(dryRun ? {} : { keysDestroyed }), patients }, () =>
        forgetReport(patients, keysDestroyed),
      );
    });

const whichPatient = (patientId: string | undefined, { study, issuer }: ForgetOptions): object => {
  if ((patientId === undefined) === (study === undefined))
    throw new CodedError('cli.which-patient', 'expected either a Patient ID or --study <uid>');
  return study === undefined ? { patientId, ...(issuer === undefined ? {} : { issuer }) } : { studyInstanceUid: study };
};
