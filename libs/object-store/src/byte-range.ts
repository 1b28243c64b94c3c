import { CodedError } from '@waystation/kernel';
import type { ByteRange } from './object-store.js';

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Throws `object-store.invalid-range` unless offset and length are whole and not negative. */
export const assertByteRange = ({ offset, length }: ByteRange): void => {
  if (!isCount(offset) || (length !== undefined && !isCount(length)))
    throw new CodedError(
      'object-store.invalid-range',
      `byte range with offset ${offset} and length ${length ?? 'to the end'}: expected whole numbers from 0 on`,
    );
};
