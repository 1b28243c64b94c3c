import type { Part } from '../parts/part.js';
import type { ContainerFields } from './container-fields.js';
import { gpusOfRequests } from './gpus-of-requests.js';
import { sizeInBytes } from './size-in-bytes.js';
import { splitCommand } from './split-command.js';

const MEGABYTE = 2 ** 20;
const PERIOD_MICROSECONDS = 100_000;

/** What an argument says; `undefined` where it says nothing that a container has here, which is told. */
type Reader = (part: Part, all: Part) => ContainerFields | undefined;

const number = ({ value }: Part): number | undefined => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) && found > 0 ? found : undefined;
};

/** Rounded up, so that nothing that fitted in mercure is too large here. */
const megabytes = (bytes: number): number => Math.min(Math.max(Math.ceil(bytes / MEGABYTE), 16), 4_194_304);
const cores = (count: number): number => Math.min(Math.max(count, 0.1), 1024);

const taken = (part: Part, fields: ContainerFields): ContainerFields => {
  const [[name, value] = ['', '']] = Object.entries(fields);
  part.taken(`${name} is ${JSON.stringify(value)}`);
  return fields;
};

const readers: Readonly<Record<string, Reader>> = {
  mem_limit: (part) => {
    const bytes = sizeInBytes(part.value);
    return bytes === undefined ? undefined : taken(part, { memoryMegabytes: megabytes(bytes) });
  },
  shm_size: (part) => {
    const bytes = sizeInBytes(part.value);
    if (bytes === undefined) return undefined;
    const fields = { memoryMegabytes: megabytes(2 * bytes) };
    part.changed(`memoryMegabytes is at least ${fields.memoryMegabytes}: half of it is shared memory`);
    return fields;
  },
  nano_cpus: (part) => {
    const count = number(part);
    return count === undefined ? undefined : taken(part, { cpus: cores(count / 1e9) });
  },
  cpu_count: (part) => {
    const count = number(part);
    return count === undefined ? undefined : taken(part, { cpus: cores(count) });
  },
  cpu_quota: (part, all) => {
    const count = number(part);
    if (count === undefined) return undefined;
    return taken(part, { cpus: cores(count / (number(all.at('cpu_period')) ?? PERIOD_MICROSECONDS)) });
  },
  pids_limit: (part) => {
    const count = number(part);
    return count === undefined ? undefined : taken(part, { pids: Math.min(Math.max(Math.round(count), 8), 65_536) });
  },
  runtime: (part) => {
    if (part.value !== 'nvidia') return undefined;
    part.changed('gpus is "all": the engine gives the container all of them');
    return { gpus: 'all' };
  },
  device_requests: (part) => {
    const gpus = gpusOfRequests(part);
    return gpus === undefined ? undefined : taken(part, { gpus });
  },
  network_mode: (part) => {
    if (typeof part.value !== 'string') return undefined;
    if (part.value === 'none') return taken(part, { network: false });
    part.changed('network is true: that is a network of its own, and not that of the machine');
    return { network: true };
  },
  command: (part) => {
    const words = typeof part.value === 'string' ? splitCommand(part.value) : part.value;
    return Array.isArray(words) && words.every((one) => typeof one === 'string') && words.length <= 256
      ? taken(part, { command: words })
      : undefined;
  },
};

/** Arguments that say what is so anyway. */
const anyway: Readonly<Record<string, string>> = {
  cap_drop: 'a container has no capabilities anyway',
  cpu_period: 'cpus takes it into account where there is a cpu_quota',
  read_only: 'the root file system is read-only anyway',
  remove: 'a container is removed anyway',
  auto_remove: 'a container is removed anyway',
  detach: 'it says nothing about the container',
  memswap_limit: 'there is no swap: memoryMegabytes is all that there is',
};

/** What Docker is told of a container besides: taken over argument by argument, each of them told. */
export const importDockerArguments = (part: Part): ContainerFields =>
  part.parts.reduce<ContainerFields>((soFar, each) => {
    const known = anyway[each.name];
    if (known !== undefined) each.taken(known);
    const fields = readers[each.name]?.(each, part);
    if (fields === undefined)
      each.notTaken(
        'a container has no such option here: it gets no privileges, and nothing of the machine but its binds',
      );
    const memoryMegabytes = Math.max(soFar.memoryMegabytes ?? 0, fields?.memoryMegabytes ?? 0);
    return { ...soFar, ...fields, ...(memoryMegabytes > 0 ? { memoryMegabytes } : {}) };
  }, {});
