import type { FinishNotifying } from '@waystation/domain';

/** What came of telling somebody: the other side's receipt, or why there is none. */
export type Outcome = FinishNotifying['outcome'];

type Failure = Exclude<Outcome, { readonly receipt: string }>;

const LONGEST_REASON = 500;

/** A failure of the channel, that may pass unless it says otherwise. */
export const failure = (code: string, reason: string, more: Partial<Failure> = {}): Failure => ({
  code,
  reason: oneLine(reason, LONGEST_REASON),
  retryable: true,
  by: 'channel',
  uncertain: false,
  retryAfterMs: 0,
  ...more,
});

/** The other side's words, as they may be written down. */
export const oneLine = (text: string, longest: number): string =>
  text
    .replaceAll(/[\s\p{Cc}\p{Surrogate}]+/gu, ' ')
    .trim()
    .slice(0, longest);
