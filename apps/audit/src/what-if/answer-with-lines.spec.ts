import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@waystation/kernel';
import type { Response } from 'express';
import { afterEach, expect, it } from 'vitest';
import { answerWithLines } from './answer-with-lines.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Line = { readonly progress: number } | { readonly found: string };
const isProgress = (line: Line): boolean => 'progress' in line;

/** Answers every request with lines. @returns the answer */
const ask = async (lines: () => AsyncGenerator<Line, string>): Promise<globalThis.Response> => {
  const listening = createServer((_, response) => {
    void answerWithLines(response as unknown as Response, lines(), isProgress);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return fetch(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`);
};
const linesOf = async (response: globalThis.Response): Promise<readonly unknown[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

it('writes a line for each, progress now and then, and the result at the end', async () => {
  const response = await ask(async function* () {
    yield { progress: 1 };
    yield { progress: 2 };
    yield { found: 'a' };
    yield { progress: 3 };
    yield { found: 'b' };
    return 'done';
  });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = await linesOf(response);
  expect(lines[0]).toEqual({ progress: 1 });
  const others = lines.filter((line) => !('progress' in (line as object)));
  expect(others).toEqual([{ found: 'a' }, { found: 'b' }, { result: 'done' }]);
});

it('ends with the problem where one comes up on the way', async () => {
  const response = await ask(async function* () {
    yield { found: 'a' };
    throw new CodedError('log.unavailable', 'the database is away');
  });
  const problem = { code: 'log.unavailable', message: 'the database is away' };
  expect(await linesOf(response)).toEqual([{ found: 'a' }, { problem }]);
});

it('asks for nothing more while nobody reads, and ends the work once the client is gone', async () => {
  let asked = 0;
  let hasEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (hasEnded = resolve));
  const response = await ask(async function* () {
    try {
      for (; ; asked++) yield { found: 'x'.repeat(100_000) };
    } finally {
      hasEnded();
    }
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await ended;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(10_000);
});
