import { z } from 'zod';
import { AeTitle, Uid } from '../values.js';
import { Completion, QuietPeriodSeconds } from './completion.js';

/** An AE title that we are called by, and what holds for what is sent to it. */
export const ApplicationEntity = z.strictObject({
  aeTitle: AeTitle,
  /** Who may call it; anybody whom the settings take where there is none. */
  callingAeTitles: z.array(AeTitle).max(1000).default([]),
  /** SOP classes that it takes, of those the settings take; all of them where there is none. */
  sopClasses: z.array(Uid).max(1000).default([]),
  /** In place of the document's own; what is left out here holds as it stands there. */
  completion: z
    .strictObject({
      quietPeriodSeconds: QuietPeriodSeconds.optional(),
      afterReleaseSeconds: Completion.shape.afterReleaseSeconds,
      expectedCountFrom: Completion.shape.expectedCountFrom,
    })
    .default({}),
  comment: z.string().max(1000).optional(),
});
export type ApplicationEntity = Readonly<z.infer<typeof ApplicationEntity>>;

/**
 * What becomes of a call for an AE title that the document does not list, where it lists any: `refuse`, the association
 * is rejected (PS3.8 9.3.4, called-AE-title-not-recognized); `keep`, its objects are kept and no rule is asked, which
 * history and lists show; `accept`, as if it were listed without any condition.
 */
export const UnknownCalledAeTitle = z.enum(['refuse', 'keep', 'accept']);
export type UnknownCalledAeTitle = z.infer<typeof UnknownCalledAeTitle>;
