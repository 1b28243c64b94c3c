import type { TokenMatcher } from '../identity/token-matcher.js';
import type { Profile } from '../profile/profile.js';
import type { Report } from './report.js';
import type { SafePrivate } from './safe-private.js';

/** What holds for all elements of one data set. */
export interface Rules {
  readonly profile: Profile;
  readonly secret: string;
  /** What the patient is called instead. */
  readonly pseudonym: string;
  /** How far dates are moved. */
  readonly days: number;
  readonly matcher: TokenMatcher;
  readonly safePrivate: SafePrivate;
  readonly report: Report;
}
