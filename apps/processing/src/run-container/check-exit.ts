import type { ContainerModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** Of a container whose first process was ended by SIGKILL: 128 and the number of the signal. */
const KILLED = 137;

/**
 * Checks how a container ended.
 * @throws CodedError `container.out-of-memory`, `container.killed`, `container.exit-code`
 */
export const checkExit = (
  { memoryMegabytes }: Pick<ContainerModule, 'memoryMegabytes'>,
  exitCode: number,
  outOfMemory: boolean,
): void => {
  if (outOfMemory) {
    const sentence = `the module wanted more than ${memoryMegabytes} MB, which is what it may have`;
    throw new CodedError('container.out-of-memory', sentence);
  }
  if (exitCode === KILLED) {
    const sentence = `the module was killed: by somebody, or because it wanted more than the ${memoryMegabytes} MB it may have`;
    throw new CodedError('container.killed', sentence);
  }
  if (exitCode === 0) return;
  throw new CodedError('container.exit-code', `the module ended with exit code ${exitCode}; its log may say why`);
};
