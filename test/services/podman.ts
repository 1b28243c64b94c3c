import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';
import { temporaryFolder } from './reaper.js';
import { SupervisedProcess } from './supervised-process.js';

const DOCKER_SOCKET = '/var/run/docker.sock';
const BOOT_TIMEOUT_MS = 30_000;

/** Where containers can be run: the engine of this machine, or else a Podman of our own, which root alone can start. */
export async function findContainerEngine(): Promise<string> {
  if (await answersPing(DOCKER_SOCKET)) return `unix://${DOCKER_SOCKET}`;
  return startPodman(await temporaryFolder('podman'));
}

async function startPodman(folder: string): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error('only root can start one of our own');
  if (!isOnPath('unshare')) throw new Error('this machine has no unshare');
  const root = await unpackPodman();
  const env = await environment(root, folder);
  await writeConfiguration(root, folder, env);
  const socket = join(folder, 'podman.sock');
  const server = await SupervisedProcess.start({
    name: 'Podman',
    // With a process space and mounts of its own: when it is killed, every container goes with it and no mount is left.
    command: 'unshare',
    args: [
      ...['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'],
      ...[join(root, 'usr/bin/podman'), 'system', 'service', '--time=0', `unix://${socket}`],
    ],
    env,
    cwd: folder,
    logFile: join(folder, 'podman.log'),
  });
  await server.until(async () => answersPing(socket), BOOT_TIMEOUT_MS);
  return `unix://${socket}`;
}

const unpackPodman = async (): Promise<string> =>
  unpackDebianPackages({ name: 'podman', packages: ['podman', 'runc', 'conmon', 'golang-github-containers-common'] });

const environment = async (root: string, folder: string): Promise<NodeJS.ProcessEnv> => ({
  HOME: folder,
  PATH: `${root}/usr/bin:${root}/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin`,
  LD_LIBRARY_PATH: await libraryPath(root),
  XDG_RUNTIME_DIR: folder,
  CONTAINERS_CONF: join(folder, 'containers.conf'),
  CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
  CONTAINERS_REGISTRIES_CONF: join(folder, 'registries.conf'),
});

async function writeConfiguration(root: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(join(folder, '.config/containers'), { recursive: true });
  const anything = { default: [{ type: 'insecureAcceptAnything' }] };
  await writeFile(join(folder, '.config/containers/policy.json'), JSON.stringify(anything));
  // As Docker does, a registry on this machine may go without TLS, whatever its port.
  const registries = 'unqualified-search-registries = []\n[[registry]]\nlocation = "127.0.0.1"\ninsecure = true\n';
  await writeFile(join(folder, 'registries.conf'), registries);
  await writeFile(
    join(folder, 'storage.conf'),
    `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`,
  );
  await writeFile(join(folder, 'containers.conf'), engineConfiguration(root, folder, env));
}

/**
 * Names every program by its place. The helper that stands between Podman and a container (conmon) is started with an empty
 * environment and starts Podman again when the container ends: without ours Podman would not find its libraries there, and each end
 * of a container would be noticed 20 seconds late.
 */
const engineConfiguration = (root: string, folder: string, env: NodeJS.ProcessEnv): string => `
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
log_driver = "k8s-file"
seccomp_profile = "${root}/usr/share/containers/seccomp.json"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
conmon_path = ["${root}/usr/bin/conmon"]
conmon_env_vars = [${Object.entries(env)
  .map(([name, value]) => JSON.stringify(`${name}=${value}`))
  .join(', ')}]
tmp_dir = "${folder}/tmp"
static_dir = "${folder}/graph/libpod"
volume_path = "${folder}/graph/volumes"
[engine.runtimes]
runc = ["${root}/usr/sbin/runc"]
[network]
network_config_dir = "${folder}/networks"
`;

/** Whether a container engine answers on that socket. */
async function answersPing(socketPath: string): Promise<boolean> {
  if (!existsSync(socketPath)) return false;
  return new Promise((resolve) => {
    const sent = request({ socketPath, path: '/_ping', headers: { host: 'engine' }, timeout: 5000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(false));
    sent.end();
  });
}
