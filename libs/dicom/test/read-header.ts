import { CodedError } from '@waystation/kernel';
import { encodeDataSet } from '../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../testing/src/synthetic/synthetic-element.js';
import type { HeaderLimits } from '../src/header/header-limits.js';
import { HeaderReader, type Header } from '../src/header/header-reader.js';
import { syntax } from './rewrite.js';

/** What is read of a data set that comes in one piece. */
export const readHeader = (
  bytes: Buffer,
  from: string = syntax.explicit,
  limits: Partial<HeaderLimits> = {},
): Header => {
  const reader = new HeaderReader(from, limits);
  reader.push(bytes);
  return reader.end();
};

/** What is read of a data set of these elements. */
export const readElements = (elements: readonly SyntheticElement[], from: string = syntax.explicit): Header =>
  readHeader(encodeDataSet(elements, from), from);

/** Codes of what is wrong with a data set that can be read. */
export const codes = ({ warnings }: Header): readonly string[] => warnings.map(({ code }) => code);

/** Why a data set cannot be read, and where. */
export const failure = (run: () => unknown): { readonly code: string; readonly offset: unknown } => {
  try {
    run();
  } catch (error) {
    const expected = ['dicom.malformed', 'dicom.truncated', 'dicom.limit-exceeded'];
    if (error instanceof CodedError && expected.includes(error.code))
      return { code: error.code, offset: error.details['offset'] };
    throw error;
  }
  throw new Error('nothing was thrown');
};
