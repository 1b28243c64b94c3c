import { describe, expect, it } from 'vitest';
import { mismatch } from './outstanding.js';

const request = { commandField: 1, hasDataSet: true, messageId: 7, affectedSopInstanceUid: '1.2' };
const response = { commandField: 0x8001, hasDataSet: false, messageIdBeingRespondedTo: 7, status: 0 };
const asked = { request, sent: true, response: undefined };
const outstanding = new Map([[7, asked]]);

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

  it('may come for any of several requests, in any order', () => {
    const several = new Map([
      [6, { ...asked, request: { ...request, messageId: 6 } }],
      [7, asked],
    ]);
    expect(mismatch(several, response)).toBeUndefined();
    expect(mismatch(several, { ...response, messageIdBeingRespondedTo: 8 })).toContain('expected 6 or 7');
  });

  it('may refuse an object before it is sent, but not acknowledge it', () => {
    const early = new Map([[7, { ...asked, sent: false }]]);
    expect(mismatch(early, { ...response, status: 0xa700 })).toBeUndefined();
    expect(mismatch(early, response)).toBeTypeOf('string');
  });

  it('is wrong where nothing was asked, or it was answered already', () => {
    expect(mismatch(new Map(), response)).toBeTypeOf('string');
    expect(mismatch(new Map([[7, { ...asked, response }]]), response)).toBeTypeOf('string');
  });
});
