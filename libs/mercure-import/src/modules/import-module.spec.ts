import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importMercure } from '../import-mercure.js';
import { sizeInBytes } from './size-in-bytes.js';
import { splitCommand } from './split-command.js';

const imported = (module: object, more: object = {}) =>
  importMercure(JSON.stringify({ ...more, modules: { seg: { docker_tag: 'seg:1', ...module } } }), {
    timeZone: 'UTC',
    elementOf: () => undefined,
  });
const docker = (args: object) => ({ docker_arguments: JSON.stringify(args) });
const gpu = { capabilities: [['gpu']] };

describe('of a module of mercure is taken', () => {
  it.each<[string, object, object]>([
    ['that it is tried once, and may take a day', {}, { retry: { attempts: 1 }, timeoutSeconds: 86_400 }],
    ['nothing of what Waystation has no word for', { docker_arguments: '7', environment: '[]' }, { environment: {} }],
    ['memory, rounded up', docker({ mem_limit: 1_000_000_000 }), { memoryMegabytes: 954 }],
    ['memory that holds its shared memory', docker({ shm_size: '8g', mem_limit: '2g' }), { memoryMegabytes: 16_384 }],
    ['processors by quota', docker({ cpu_quota: 150_000 }), { cpus: 1.5 }],
    ['processors by quota and period', docker({ cpu_quota: 150_000, cpu_period: 50_000 }), { cpus: 3 }],
    ['processes', docker({ pids_limit: 64 }), { pids: 64 }],
    ['GPUs by number', docker({ device_requests: [{ ...gpu, count: 2 }] }), { gpus: 2 }],
    ['GPUs by name, as many', docker({ device_requests: [{ ...gpu, device_ids: ['a', 'b', 'c'] }] }), { gpus: 3 }],
    ['all GPUs', docker({ device_requests: [{ Capabilities: [['gpu']], Count: -1 }] }), { gpus: 'all' }],
    ['a network of older versions', docker({ network_mode: 'host' }), { network: true }],
    ['a command in words', docker({ command: ['sh', '-c', 'a b'] }), { command: ['sh', '-c', 'a b'] }],
    [
      'folders in a list',
      { additional_volumes: '["/a:/b:ro", "/c:/d"]' },
      {
        binds: [
          { source: '/a', target: '/b', readOnly: true },
          { source: '/c', target: '/d', readOnly: false },
        ],
      },
    ],
  ])('%s', (_what, module, expected) => {
    expect(imported(module).document.modules).toMatchObject([expected]);
  });

  it('what Nomad is told, where Nomad runs it', () => {
    const resources = 'resources {\n  memory = 9000\n  cores = 3\n  device "nvidia/gpu" {\n    count = 2\n  }\n}';
    expect(imported({ resources }, { process_runner: 'nomad' }).document.modules).toMatchObject([
      { memoryMegabytes: 9000, cpus: 3, gpus: 2 },
    ]);
    expect(imported({ resources }).document.modules).toMatchObject([{ memoryMegabytes: 4096, gpus: 0 }]);
  });

  it('the runtime of all containers', () => {
    expect(imported({}, { processing_runtime: 'nvidia' }).document.modules).toMatchObject([{ gpus: 'all' }]);
  });
});

describe('sizeInBytes', () => {
  it.each<[unknown, number | undefined]>([
    [1024, 1024],
    ['1024', 1024],
    ['512m', 512 * 2 ** 20],
    ['1.5GB', 1.5 * 2 ** 30],
    ['8 k', 8192],
    ['0', undefined],
    [-1, undefined],
    ['much', undefined],
    [null, undefined],
  ])('reads %j as %j', (value, bytes) => {
    expect(sizeInBytes(value)).toBe(bytes);
  });
});

describe('splitCommand', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['', []],
    ['  run  --fast ', ['run', '--fast']],
    [`sh -c 'a "b" c'`, ['sh', '-c', 'a "b" c']],
    ['a"b c"d e\\ f', ['ab cd', 'e f']],
    ['"a \\"b\\" \\n"', ['a "b" \\n']],
    [`''`, ['']],
    [`it's`, undefined],
  ])('takes %j apart', (command, words) => {
    expect(splitCommand(command)).toEqual(words);
  });

  it('finds the words that were quoted', () => {
    const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitCommand(words.map(quoted).join(' '))).toEqual(words);
      }),
    );
  });
});
