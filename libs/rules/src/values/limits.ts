import { EvaluationFailure } from '../evaluation/evaluation-failure.js';

const mostCharacters = 100_000;
/** Python converts no whole number of more digits than this to text. */
export const mostDigits = 4300;
const largest = 10n ** BigInt(mostDigits);

/** Refuses the length of a text or list before it is built: rules must not be able to fill the memory. */
export const checkLength = (length: number): void => {
  if (length > mostCharacters) throw new EvaluationFailure(`the result would be longer than ${mostCharacters}`);
};

/** Refuses whole numbers of more than 4300 digits. */
export const checkWhole = (value: bigint): bigint => {
  if (value >= largest || value <= -largest)
    throw new EvaluationFailure(`the result would have more than ${mostDigits} digits`);
  return value;
};
