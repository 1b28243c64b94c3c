import { CodedError, messageOf } from '@waystation/kernel';
import type { Request, Response } from 'express';

/** Told where a long piece of work is; at most so often it is passed on. */
export type Report = (progress: object) => void;

const LINES = 'application/x-ndjson';
const EVERY_MS = 250;

/**
 * Answers with the result of a long piece of work. Whoever accepts lines of JSON is told on the way where it is:
 * `{"progress":…}` now and then, and at the end `{"result":…}` or `{"problem":…}`. Whoever goes away ends the work.
 */
export const answerWithProgress = async (
  request: Request,
  response: Response,
  work: (report: Report) => Promise<unknown>,
): Promise<void> => {
  const assertListening = (): void => {
    if (response.destroyed) throw new CodedError('http.gone', 'nobody waits for the answer any more');
  };
  if (request.headers.accept !== LINES) {
    response.json(await work(assertListening));
    return;
  }
  response.setHeader('content-type', LINES);
  response.flushHeaders();
  const write = (line: object): void => void response.write(`${JSON.stringify(line)}\n`);
  let toldAt = 0;
  const report = (progress: object): void => {
    assertListening();
    if (performance.now() - toldAt < EVERY_MS) return;
    toldAt = performance.now();
    write({ progress });
  };
  try {
    write({ result: await work(report) });
  } catch (error) {
    const code = error instanceof CodedError ? error.code : 'internal';
    write({ problem: { code, message: messageOf(error) } });
  }
  response.end();
};
