import { join } from 'node:path';
import type { Settings } from '@waystation/configuration';
import { executorAt, newOwner, ownerText } from '@waystation/containers';
import { Secrets } from '@waystation/secrets';
import { ContainerRunner } from './run-container/container-runner.js';

/** The runner of this process. */
export const containerRunnerOf = (settings: Settings): ContainerRunner => {
  const { engine: address, folder, binds, root } = settings.containers;
  const { outputs: entries, outputBytes: bytes } = settings.processing;
  const owner = newOwner();
  return new ContainerRunner({
    executor: executorAt(address, { installation: settings.name, owner, folder }),
    secrets: new Secrets({ environment: process.env, vault: settings.vault }),
    installation: settings.name,
    owner,
    jobsFolder: join(folder, 'jobs'),
    ownFolder: join(folder, 'jobs', ownerText(owner)),
    persistenceFolder: join(folder, 'persistence'),
    allowed: { binds, root: root === 'allow' },
    bounds: { entries, bytes },
  });
};
