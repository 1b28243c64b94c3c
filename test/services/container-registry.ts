import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accepts } from './answers.js';
import { unpackDebianPackages } from './debian-packages.js';
import { freePort } from './free-port.js';
import { temporaryFolder } from './reaper.js';
import { SupervisedProcess } from './supervised-process.js';

/** A registry of container images that shows itself to one user only. */
export interface ContainerRegistry {
  /** `host:port`. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** `hush` by bcrypt, which is what the registry takes. */
const USERS = 'modules:$2y$05$abcdefghijklmnopqrstuulzd.YqjLDl8lvpSmVj3De/fioSBHnUa\n';

/** Starts the registry of the Docker project, as Debian has it. */
export async function startContainerRegistry(): Promise<ContainerRegistry> {
  const root = await unpackDebianPackages({ name: 'registry', packages: ['docker-registry'] });
  const folder = await temporaryFolder('registry');
  const port = await freePort();
  await writeFile(join(folder, 'users'), USERS);
  await writeFile(join(folder, 'config.yml'), configuration(folder, port));
  const server = await SupervisedProcess.start({
    name: 'registry',
    command: join(root, 'usr/bin/docker-registry'),
    args: ['serve', join(folder, 'config.yml')],
    env: { PATH: process.env['PATH'], OTEL_TRACES_EXPORTER: 'none' },
    cwd: folder,
    logFile: join(folder, 'registry.log'),
  });
  await server.until(async () => accepts(port), 20_000);
  return { address: `127.0.0.1:${port}`, user: 'modules', password: 'hush', stop: async () => server.kill() };
}

const configuration = (folder: string, port: number): string => `version: 0.1
storage: { filesystem: { rootdirectory: "${folder}/images" } }
http: { addr: "127.0.0.1:${port}" }
auth: { htpasswd: { realm: modules, path: "${folder}/users" } }
`;
