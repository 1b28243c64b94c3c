import { once } from 'node:events';
import { CodedError, messageOf } from '@waystation/kernel';
import type { Response } from 'express';

/** What whoever wants lines accepts. */
export const LINES = 'application/x-ndjson';

/** Between two lines that only say how far it is. */
const EVERY_MS = 250;

/**
 * Answers with lines of JSON as they come, and at the end with `{"result":…}` or `{"problem":…}`. Nothing more is asked for
 * while the client takes nothing, nor once it is gone.
 * @param isProgress lines of which only some are passed on
 */
export const answerWithLines = async <Line extends object, Result>(
  response: Response,
  lines: AsyncGenerator<Line, Result>,
  isProgress: (line: Line) => boolean,
): Promise<void> => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const write = async (line: object): Promise<void> => {
    if (response.write(`${JSON.stringify(line)}\n`)) return;
    await once(response, 'drain', { signal: gone.signal }).catch(() => {}); // whoever is gone is noticed below
  };
  response.setHeader('content-type', LINES);
  response.flushHeaders();
  let toldAt = Number.NEGATIVE_INFINITY;
  try {
    for (;;) {
      const { done, value } = await lines.next();
      if (gone.signal.aborted) break;
      if (done === true) {
        await write({ result: value });
        break;
      }
      if (isProgress(value)) {
        if (performance.now() - toldAt < EVERY_MS) continue;
        toldAt = performance.now();
      }
      await write(value);
    }
  } catch (error) {
    const code = error instanceof CodedError ? error.code : 'internal';
    await write({ problem: { code, message: messageOf(error) } });
  } finally {
    response.end();
    await lines.return(undefined as Result);
  }
};
