import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppModule, type RoutingDirective } from '@waystation/events';
import type { Type } from '@nestjs/common';
import type { SourceInstance } from '../input/source-instance.js';
import { StoredInput } from '../input/stored-input.js';
import type { JsonObject } from '../module/json.js';
import type { ProcessingJob } from '../module/processing-job.js';
import { OutputStage } from '../output/output-stage.js';
import { OutputReader, type ReadOutput } from '../output/read-output.js';
import { CapturedLog } from '../worker/captured-log.js';
import { runAttempt } from '../worker/run-attempt.js';
import { AppRunner } from './app-runner.js';
import type { ProcessingApp } from './processing-app.js';
import { optionsOf } from './processing-module.decorator.js';

/** What an app is tried with. */
export interface TrialOptions {
  readonly settings?: JsonObject;
  /** As the configuration says it of the module. */
  readonly output?: 'required' | 'optional';
  readonly signal?: AbortSignal;
}

/** What an app made of what it was tried with. */
export interface Trial {
  /** Objects, in the order in which they were taken. */
  readonly instances: readonly (Omit<ReadOutput, 'header' | 'sha256' | 'dataSetOffset'> & {
    readonly part10: Buffer;
    /** Its whole header by keyword, what identifies the patient included. */
    readonly facts: Readonly<Record<string, string>>;
    readonly from: readonly string[] | undefined;
  })[];
  /** By name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly result: JsonObject | undefined;
  readonly routing: RoutingDirective | undefined;
  readonly log: string;
}

const LIMITS = { entries: 10_000, bytes: 2 ** 31 };

/**
 * Runs an app once on Part 10 files in memory, as a worker would, but without a log: for specs.
 * @param app made by its constructor, or an instance of it
 * @throws what the app throws, what is wrong with its settings (`job.settings-invalid`) or its output (`job.output-…`)
 */
export const tryApp = async (
  app: Type<ProcessingApp<never>> | ProcessingApp<never>,
  part10s: readonly Buffer[],
  { settings = {}, output: asked = 'required', signal = new AbortController().signal }: TrialOptions = {},
): Promise<Trial> => {
  const instance = (typeof app === 'function' ? new app() : app) as ProcessingApp<unknown>;
  const options = optionsOf(instance.constructor as Type<ProcessingApp<never>>);
  const runner = new AppRunner(options, instance);
  const sources = part10s.map(sourceOf);
  const job = jobFor(options.name, sources, settings);
  const stored = new Map(sources.map(({ object: { key } }, index) => [key, part10s[index] ?? Buffer.alloc(0)]));
  const objects = memory(stored);
  const folder = await mkdtemp(join(tmpdir(), 'waystation-trial-'));
  const log = new CapturedLog();
  try {
    const { output } = await runAttempt({
      ...{ runner, job, log, signal },
      module: AppModule.parse({ kind: 'app', name: options.name, output: asked }),
      executor: await runner.prepare(),
      input: new StoredInput(job.studyInstanceUid, sources, objects),
      output: new OutputStage({ objects, folder: join(folder, 'output'), prefix: 'output', limits: LIMITS }),
      progress: () => undefined,
      onStuck: () => undefined,
    });
    const bytesOf = (key: string): Buffer => stored.get(key) ?? Buffer.alloc(0);
    return {
      ...{ result: output.result, routing: output.routing, log: log.bytes()?.toString() ?? '' },
      instances: output.instances.map(({ header, key, ...read }) => ({
        ...read,
        facts: header.facts,
        part10: bytesOf(key),
      })),
      files: new Map(output.files.map(({ name, object }) => [name, bytesOf(object.key)])),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const jobFor = (module: string, [first]: readonly SourceInstance[], settings: JsonObject): ProcessingJob => ({
  ...{ id: 'trial', attempt: 1, module, rule: undefined, step: 0, settings },
  studyInstanceUid: first?.studyInstanceUid ?? '',
  seriesInstanceUid: first?.seriesInstanceUid,
});

const sourceOf = (part10: Buffer, index: number): SourceInstance => {
  const reader = new OutputReader();
  reader.push(part10);
  const { header, sha256, dataSetOffset, ...uids } = reader.end();
  return {
    ...uids,
    object: { key: `input/${index}`, sha256, size: part10.length, dataSetOffset },
    facts: header.header,
  };
};

const memory = (stored: Map<string, Buffer>) => ({
  get: async (key: string) => Readable.from([stored.get(key) ?? Buffer.alloc(0)]),
  put: async (key: string, bytes: Uint8Array) => void stored.set(key, Buffer.from(bytes)),
  putFile: async (key: string, path: string) => void stored.set(key, await readFile(path)),
});
