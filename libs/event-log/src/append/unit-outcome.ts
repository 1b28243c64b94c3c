import type { RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** The part of a unit that kept it from being written. */
export interface VersionConflict {
  readonly stream: string;
  readonly expected: number;
  readonly actual: number;
}

/** What became of one unit of a call. */
export type UnitOutcome = { readonly recorded: readonly RecordedEvent[] } | { readonly conflict: VersionConflict };

/** `log.wrong-expected-version`; the three values are in `details`. */
export const wrongExpectedVersion = ({ stream, expected, actual }: VersionConflict): CodedError =>
  new CodedError('log.wrong-expected-version', `stream ${stream} has version ${actual}, expected ${expected}`, {
    details: { stream, expected, actual },
  });
