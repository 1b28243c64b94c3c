import type { JsonObject } from '../module/json.js';
import { outputFault } from './output-fault.js';

/** Bytes. */
const LARGEST_RESULT = 1024 * 1024;

/** The result as JSON keeps it, apart from what the module does with its object afterwards. Throws `job.output-result`. */
export const checkResult = (result: JsonObject): JsonObject => {
  const text = textOf(result);
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_RESULT)
    throw outputFault('job.output-result', `the result has ${bytes} bytes, expected at most ${LARGEST_RESULT}`);
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw outputFault('job.output-result', 'the result is no JSON object');
  return read as JsonObject;
};

const textOf = (result: unknown): string => {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw outputFault('job.output-result', 'the result cannot be written as JSON');
  }
};
