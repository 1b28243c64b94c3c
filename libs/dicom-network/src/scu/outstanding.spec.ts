import { describe, expect, it } from 'vitest';
import { mismatch } from './outstanding.js';

const request = { commandField: 1, hasDataSet: true, messageId: 7, affectedSopInstanceUid: '1.2' };
const response = { commandField: 0x8001, hasDataSet: false, messageIdBeingRespondedTo: 7, status: 0 };
const outstanding = { request, sent: true, response: undefined };

describe('a response', () => {
  it.each([
    ['to the request', {}],
    ['that names the object', { affectedSopInstanceUid: '1.2' }],
    ['with a failure', { status: 0xa700 }],
  ])('%s is right', (_, change) => {
    expect(mismatch(outstanding, { ...response, ...change })).toBeUndefined();
  });

  it.each([
    ['for another message', { messageIdBeingRespondedTo: 8 }],
    ['for another object', { affectedSopInstanceUid: '1.3' }],
    ['to another command', { commandField: 0x8030 }],
    ['without a status', { status: undefined }],
  ])('%s is wrong', (_, change) => {
    expect(mismatch(outstanding, { ...response, ...change })).toBeTypeOf('string');
  });

  it('may refuse an object before it is sent, but not acknowledge it', () => {
    const early = { ...outstanding, sent: false };
    expect(mismatch(early, { ...response, status: 0xa700 })).toBeUndefined();
    expect(mismatch(early, response)).toBeTypeOf('string');
  });

  it('is wrong where nothing was asked, or it was answered already', () => {
    expect(mismatch(undefined, response)).toBeTypeOf('string');
    expect(mismatch({ ...outstanding, response }, response)).toBeTypeOf('string');
  });
});
