import type { ContainerSpec } from '../executor/container-spec.js';

const MEGABYTE = 2 ** 20;
/** Enough for programs that open a file per image and a thread per core, and below the hard limit of every distribution. */
const OPEN_FILES = 8192;
/** Of the user over the whole machine: what a single container gets is its pids limit. */
const PROCESSES_OF_USER = 8192;
/** Engines would keep all that a container writes: what was passed on already is not needed. */
const LOG_FILE_SIZE = '32m';

/**
 * What the Docker Engine API is asked to create: no privileges, none to be gained, no network unless asked for, and nothing
 * to write to but what is bound and folders in memory, which count as memory of the container.
 */
export const containerBody = (spec: ContainerSpec, labels: Readonly<Record<string, string>>): unknown => ({
  Image: spec.image.id,
  ...(spec.command === undefined ? {} : { Cmd: spec.command }),
  Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
  User: spec.user,
  Labels: labels,
  HostConfig: {
    Mounts: spec.binds.map(({ source, target, readOnly }) => ({
      Type: 'bind',
      Source: source,
      Target: target,
      ReadOnly: readOnly,
      BindOptions: { Propagation: 'rprivate' },
    })),
    Tmpfs: temporaryFolders(spec),
    ReadonlyRootfs: true,
    NetworkMode: spec.network ? 'bridge' : 'none',
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    ...limits(spec),
    LogConfig: { Type: 'json-file', Config: { 'max-size': LOG_FILE_SIZE } },
    RestartPolicy: { Name: 'no' },
  },
});

const limits = ({ cpus, memoryMegabytes, pids, gpus, largestFileBytes }: ContainerSpec): object => ({
  NanoCpus: Math.round(cpus * 1e9),
  Memory: memoryMegabytes * MEGABYTE,
  // Memory and swap together: there is no swap.
  MemorySwap: memoryMegabytes * MEGABYTE,
  ShmSize: Math.floor(memoryMegabytes / 2) * MEGABYTE,
  PidsLimit: pids,
  Ulimits: [
    { Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES },
    { Name: 'nproc', Soft: PROCESSES_OF_USER, Hard: PROCESSES_OF_USER },
    { Name: 'fsize', Soft: largestFileBytes, Hard: largestFileBytes },
    { Name: 'core', Soft: 0, Hard: 0 },
  ],
  ...(gpus === 0 ? {} : { DeviceRequests: [{ Count: gpus === 'all' ? -1 : gpus, Capabilities: [['gpu']] }] }),
});

const temporaryFolders = ({ image, memoryMegabytes, binds }: ContainerSpec): Readonly<Record<string, string>> => {
  const bound = new Set(binds.map(({ target }) => target));
  const folders = ['/tmp', ...image.volumes].filter((folder) => !bound.has(folder));
  const options = `rw,exec,nosuid,nodev,mode=1777,size=${memoryMegabytes}m`;
  return Object.fromEntries(folders.map((folder) => [folder, options]));
};
