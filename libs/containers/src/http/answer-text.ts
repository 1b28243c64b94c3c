import type { IncomingMessage } from 'node:http';
import { CodedError } from '@waystation/kernel';

/** Of an answer that is read whole. */
const LONGEST_ANSWER = 16 * 2 ** 20;

/** Reads an answer whole. @throws CodedError `container.engine-refused` where it is longer than any that is expected */
export const answerText = async (answer: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_ANSWER) throw new CodedError('container.engine-refused', 'the container engine says too much');
  }
  return Buffer.concat(pieces).toString('utf8');
};
