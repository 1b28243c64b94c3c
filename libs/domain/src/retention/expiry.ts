import type { Instant } from '@waystation/kernel';

/** One time at which objects were let go. */
export interface Expiry {
  /** Position of the event that says so. */
  readonly position: number;
  readonly at: Instant;
  readonly policy: string | undefined;
  /** Why, in a sentence. */
  readonly because: string;
  /** Whether their bytes are gone. */
  readonly erased: boolean;
  readonly erasedAt?: Instant;
}

/** An expiry in words, for those who ask for what it let go. */
export const tellExpiry = ({ position, at, because }: Expiry): string =>
  `expired at ${at} (objects.expired at position ${position}): ${because}`;
