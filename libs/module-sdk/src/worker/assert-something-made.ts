import type { ProcessingModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { RunReport } from '../module/module-runner.js';
import type { StagedOutput } from '../output/staged-output.js';

/**
 * Holds a module that ended well to what its `output` says: one that went wrong without a word leaves nothing behind either.
 * @throws CodedError `job.output-nothing`
 */
export const assertSomethingMade = (
  { name, output }: Pick<ProcessingModule, 'name' | 'output'>,
  { instances, files, result, routing, notification }: StagedOutput,
  report: RunReport,
): void => {
  if (output === 'optional' || instances.length > 0 || files.length > 0) return;
  if (result !== undefined || routing !== undefined || notification !== undefined) return;
  const sentence = `module '${name}' made nothing: no object, no file and no result; if it may, say "output": "optional" of it`;
  throw new CodedError('job.output-nothing', sentence, { details: { ...report, retryable: false } });
};
