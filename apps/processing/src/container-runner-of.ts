import { join } from 'node:path';
import type { Settings } from '@waystation/configuration';
import { DockerExecutor, EngineConnection, newOwner, ownerText, parseEngineAddress } from '@waystation/containers';
import { Secrets } from '@waystation/secrets';
import { ContainerRunner } from './run-container/container-runner.js';

/** The runner of this process. */
export const containerRunnerOf = (settings: Settings): ContainerRunner => {
  const { engine: address, folder, binds, root } = settings.containers;
  const { outputs: entries, outputBytes: bytes } = settings.processing;
  const owner = newOwner();
  const engine = new EngineConnection(parseEngineAddress(address));
  return new ContainerRunner({
    executor: new DockerExecutor({ engine, installation: settings.name, owner }),
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
