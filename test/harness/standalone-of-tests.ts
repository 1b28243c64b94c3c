import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from './standalone.js';

/** A Waystation that tests share. */
export interface StandaloneOfTests {
  /** As it was last started. */
  readonly system: Standalone;
  /** Starts it again on what it left: after it was stopped or killed. */
  startAgain(): Promise<void>;
}

/** A Waystation on the embedded default for a file of tests or a block of them: before the first until after the last. */
export const standaloneOfTests = (): StandaloneOfTests => {
  let folder: string;
  let system: Standalone | undefined;
  const start = async (): Promise<void> => {
    system = await startStandalone(join(folder, 'data'));
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    await start();
  });
  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  return {
    get system() {
      if (system === undefined) throw new Error('Waystation was not started yet: it is there in tests and hooks');
      return system;
    },
    startAgain: start,
  };
};
