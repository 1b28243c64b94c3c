import { CodedError } from '@waystation/kernel';
import type { HoldReason } from '../deidentify/hold-reason.js';
import type { ProfileOption } from './profile-option.js';

/** The basic profile of PS3.15 Annex E with options. */
export interface Profile {
  readonly options: readonly ProfileOption[];
  /** What is let out although a person ought to look at it first. */
  readonly allow?: readonly HoldReason[];
}

/**
 * Whether options go together.
 *
 * @throws `deidentification.options-contradict`
 */
export const checkProfile = ({ options }: Profile): void => {
  if (options.includes('retain-full-dates') && options.includes('retain-modified-dates')) {
    throw new CodedError(
      'deidentification.options-contradict',
      'a profile keeps dates as they are (retain-full-dates) or moves them (retain-modified-dates), not both',
    );
  }
};
