import { CodedError } from '@waystation/kernel';
import { expect, it } from 'vitest';
import { isOwnFault } from './is-own-fault.js';

const coded = (code: string, cause?: unknown) => new CodedError(code, 'it went wrong', { cause });

it.each([
  ['the log being away', coded('log.unavailable'), true],
  ['a commit without an answer', coded('log.outcome-unknown'), true],
  ['the object store being away', coded('object-store.unavailable'), true],
  [
    'that in the words of the network',
    coded('dicom-network.source-failed', coded('object-store.unavailable', new Error('ECONNREFUSED'))),
    true,
  ],
  ['an object that is gone for good', coded('dicom-network.source-failed', coded('object-store.missing')), false],
  ['a target that does not answer', coded('dicom-network.timeout'), false],
  ['anything else', new Error('oops', { cause: 'log.unavailable' }), false],
  ['what is no error', 'log.unavailable', false],
])('%s is the fault of Waystation itself: %s', (_what, error, expected) => {
  expect(isOwnFault(error)).toBe(expected);
});
