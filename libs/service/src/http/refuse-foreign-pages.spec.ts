import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { refuseForeignPages } from './refuse-foreign-pages.js';

/** Status of the refusal, or undefined where the request goes on. */
const outcome = (isLoopback: boolean, headers: Readonly<Record<string, string>>): number | undefined => {
  let status: number | undefined;
  const response = {
    status: (code: number) => {
      status = code;
      return { json: () => undefined };
    },
  };
  let passed = false;
  refuseForeignPages(isLoopback)({ headers } as unknown as Request, response as unknown as Response, () => {
    passed = true;
  });
  expect(passed).toBe(status === undefined);
  return status;
};

describe('refuseForeignPages', () => {
  it.each(['127.0.0.1:8080', '127.0.0.2:8080', '127.1.2.3', 'localhost:8080', 'LOCALHOST', '[::1]:8080'])(
    'lets a program of this machine call %s',
    (host) => {
      expect(outcome(true, { host })).toBeUndefined();
    },
  );

  it.each(['elsewhere.example', '127.0.0.1.elsewhere.example', 'localhost.elsewhere.example:8080', '128.0.0.1', ''])(
    'refuses a name that only leads here: %j',
    (host) => {
      expect(outcome(true, { host })).toBe(403);
    },
  );

  it('takes any name where a token is asked for', () => {
    expect(outcome(false, { host: 'waystation.hospital.example' })).toBeUndefined();
  });

  it.each([true, false])('refuses pages of other sites, on loopback %s', (isLoopback) => {
    const host = '127.0.0.1:8080';
    expect(outcome(isLoopback, { host, origin: 'http://127.0.0.1:8080' })).toBeUndefined();
    expect(outcome(isLoopback, { host, origin: 'https://127.0.0.1:8080' })).toBeUndefined();
    for (const origin of ['http://127.0.0.1:9090', 'https://elsewhere.example', 'null'])
      expect(outcome(isLoopback, { host, origin })).toBe(403);
  });
});
