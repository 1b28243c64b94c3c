import { plural } from '@waystation/kernel';
import type { PatientReport } from '@waystation/answers';
import { oneLine } from './one-line.js';

/**
 * What is or would be forgotten, and what is not.
 * @param keysDestroyed undefined where nothing was to be changed
 */
export const forgetReport = (
  patients: readonly PatientReport[],
  keysDestroyed: number | undefined,
): readonly string[] => {
  if (patients.length === 0)
    return ['nothing is known of this patient: never received, or known under another Patient ID or issuer'];
  const objects = patients.flatMap(({ series }) => series.flatMap((each) => each.objects));
  const done =
    keysDestroyed === undefined
      ? ['nothing was changed; without --dry-run the keys are destroyed, for good']
      : [keysDestroyed === 0 ? 'no key was left to destroy' : `forgotten: ${plural(keysDestroyed, 'key')} destroyed`];
  return [...patients.flatMap(aboutPatient), ...done, ...aboutObjects(objects)];
};

const aboutPatient = ({ pseudonym, keys, forgottenAt, series, otherSeriesOfStudies }: PatientReport): string[] => [
  `patient/${pseudonym}: ${plural(keys, 'key')} left${forgottenAt === null ? '' : `, forgotten ${forgottenAt}`}`,
  ...series.map(
    ({ seriesInstanceUid, modality, objects }) =>
      `  series ${seriesInstanceUid}, ${oneLine(modality)}, ${plural(objects.length, 'object')}`,
  ),
  ...otherSeriesOfStudies.map(
    (uid) =>
      `  not concerned, though of the same study: series ${uid}, which names another Patient ID, issuer or nobody`,
  ),
];

const aboutObjects = (objects: readonly string[]): readonly string[] =>
  objects.length === 0
    ? []
    : [
        `NOT erased: ${plural(objects.length, 'DICOM object')}, which still say who the patient is, in the object store and wherever they were delivered:`,
        ...objects.map((key) => `  ${key}`),
      ];
