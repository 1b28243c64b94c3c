import { z } from 'zod';

/** How X-rays and magnets were used, by the keywords of PS3.6. */
const techniqueValues = [
  'KVP',
  'XRayTubeCurrent',
  'ExposureTime',
  'Exposure',
  'CTDIvol',
  'SliceThickness',
  'SpacingBetweenSlices',
  'PixelSpacing',
  'EchoTime',
  'RepetitionTime',
  'InversionTime',
  'FlipAngle',
  'EchoTrainLength',
  'MagneticFieldStrength',
  'Rows',
  'Columns',
] as const;

export const StatisticsSettings = z.strictObject({
  /** Keywords of the elements whose values are looked at; those that are no numbers are passed over. */
  values: z
    .array(z.string().regex(/^[A-Za-z0-9]+$/))
    .max(256)
    .default([...techniqueValues]),
});
export type StatisticsSettings = z.infer<typeof StatisticsSettings>;
