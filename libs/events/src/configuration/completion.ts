import { z } from 'zod';

/** Seconds without a new object after which a series counts as complete. */
export const QuietPeriodSeconds = z.number().min(0.1).max(86_400);

/** When a series counts as complete. */
export const Completion = z.strictObject({
  /** Seconds without a new object. A shorter one holds for objects that begin to come from then on, a longer one at once. */
  quietPeriodSeconds: QuietPeriodSeconds.default(60),
  /**
   * Seconds after every association that brought objects of the series was released by its sender, without a new one:
   * the series is complete then already, before its quiet period is over. Left out, a release says nothing.
   */
  afterReleaseSeconds: z.number().min(0).max(86_400).optional(),
  /**
   * The fact that says how many objects the series has, such as `ImagesInAcquisition`, or `(0019,xx0C,MAKER)`: once so
   * many are there the series is complete. Left out, nothing is counted.
   */
  expectedCountFrom: z.string().min(1).max(200).optional(),
});
export type Completion = Readonly<z.infer<typeof Completion>>;
