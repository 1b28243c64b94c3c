import { describe, expect, it } from 'vitest';
import { retryAfterMs, verdictOn } from './answer.js';

describe('verdictOn', () => {
  it.each([200, 201, 202, 204])('%d is enough', (status) => {
    expect(verdictOn({ status })).toEqual({ kind: 'accepted' });
  });

  it.each([400, 406, 409, 413, 415, 422])('%d is about the event', (status) => {
    expect(verdictOn({ status })).toEqual({
      kind: 'refused',
      code: `webhook.http-${status}`,
      reason: `the endpoint answered ${status}`,
    });
  });

  it.each([301, 302, 307, 401, 403, 404, 408, 410, 425, 429, 500, 502, 503, 504])(
    '%d is about the endpoint',
    (status) => {
      expect(verdictOn({ status })).toMatchObject({ kind: 'failed', code: `webhook.http-${status}` });
    },
  );

  it('no answer is about the endpoint', () => {
    expect(verdictOn({ code: 'webhook.timeout', reason: 'no answer' })).toMatchObject({ kind: 'failed' });
  });

  it('passes on how long the endpoint asks to wait', () => {
    expect(verdictOn({ status: 503, retryAfterMs: 7000 })).toMatchObject({ retryAfterMs: 7000 });
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  it.each([
    [undefined, undefined],
    ['120', 120_000],
    ['Sat, 31 Jan 2026 12:00:30 GMT', 30_000],
    ['Sat, 31 Jan 2026 11:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', undefined],
  ])('%j is %j', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
