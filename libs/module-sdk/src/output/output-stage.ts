import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { JobFile, RoutingDirective } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { part10Of } from '../dicom/naturalized.js';
import type { DicomDataset } from '../module/dicom-dataset.js';
import type { JsonObject } from '../module/json.js';
import type { NotificationWish, ProcessingOutput, Provenance } from '../module/processing-output.js';
import { checkResult } from './check-result.js';
import { outputFault } from './output-fault.js';
import type { OutputLimits } from './output-limits.js';
import { OutputQuota } from './output-quota.js';
import { OutputReader } from './read-output.js';
import type { StagedInstance, StagedOutput } from './staged-output.js';
import { Uploads } from './uploads.js';
import { writeStream } from './write-stream.js';

const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9 ._-]*(\/[A-Za-z0-9_-][A-Za-z0-9 ._-]*)*$/;
const LONGEST_NAME = 255;
/** Files of a job are listed in one event. */
const MOST_FILES = 10_000;
/** Characters that a module tells people. */
const LONGEST_WORDS = 1000;

export interface OutputStageOptions {
  readonly objects: Pick<ObjectStore, 'put' | 'putFile'>;
  /** Of its own, on this machine. */
  readonly folder: string;
  /** What the keys of the objects begin with. */
  readonly prefix: string;
  readonly limits: OutputLimits;
}

type Content = Uint8Array | string | Readable;

/** Bytes that were taken, and how they get to the object store. */
interface Taken {
  readonly size: number;
  readonly sha256: string;
  readonly store: (key: string) => Promise<void>;
}

/** Takes what a module makes, checks it and makes it durable. The first fault stays: nothing of a faulty output is used. */
export class OutputStage implements ProcessingOutput {
  private readonly quota: OutputQuota;
  private readonly instances = new Map<string, StagedInstance>();
  private readonly files = new Map<string, JobFile | undefined>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly uploads = new Uploads((error) => {
    this.fault ??= error;
  });
  private result: JsonObject | undefined;
  private routing: RoutingDirective | undefined;
  private notification: NotificationWish | undefined;
  private fault: unknown;
  private closed = false;
  private count = 0;

  constructor(private readonly options: OutputStageOptions) {
    this.quota = new OutputQuota(options.limits);
  }

  addInstance(instance: Uint8Array | Readable | DicomDataset, { from }: Provenance = {}): Promise<void> {
    return this.work(async () => {
      const reader = new OutputReader();
      const { size, store } = await this.taken(await contentOf(instance), (piece) => reader.push(piece));
      const read = reader.end();
      if (this.instances.has(read.sopInstanceUid))
        throw outputFault('job.output-repeated', `the module made object ${read.sopInstanceUid} twice`);
      const key = `${this.options.prefix}/${this.instances.size + 1}.dcm`;
      this.instances.set(read.sopInstanceUid, { ...read, key, size, from });
      await this.uploads.start(size, () => store(key));
    });
  }

  addFile(name: string, content: Content): Promise<void> {
    return this.work(async () => {
      if (!FILE_NAME.test(name) || name.length > LONGEST_NAME)
        throw outputFault('job.output-file-name', 'the module made a file whose name is not one that a job may give');
      if (this.files.has(name)) throw outputFault('job.output-repeated', 'the module made a file of one name twice');
      if (this.files.size >= MOST_FILES)
        throw outputFault('job.output-too-many', `the module made more than ${MOST_FILES} files`);
      this.files.set(name, undefined);
      const key = `${this.options.prefix}/files/${this.files.size}`;
      const { store, ...written } = await this.taken(content, () => undefined);
      this.files.set(name, { name, object: { key, ...written } });
      await this.uploads.start(written.size, () => store(key));
    });
  }

  setResult(result: JsonObject): void {
    this.now(() => {
      this.result = checkResult(result);
    });
  }

  setRouting(directive: RoutingDirective): void {
    this.now(() => {
      this.routing = directive;
    });
  }

  setNotification({ requested, text = '' }: NotificationWish): void {
    this.now(() => {
      const words = text.trim().slice(0, LONGEST_WORDS);
      this.notification = { requested, ...(words === '' ? {} : { text: words }) };
    });
  }

  /**
   * Takes nothing more.
   * @returns all that was made
   * @throws the first fault that there was
   */
  async end(): Promise<StagedOutput> {
    await this.close();
    if (this.fault !== undefined) throw this.fault;
    const { result, routing, notification } = this;
    const files = [...this.files.values()].filter((file) => file !== undefined);
    return { instances: [...this.instances.values()], files, result, routing, notification };
  }

  /** Takes nothing more, and waits for what was being taken. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
    await this.uploads.settled();
    await rm(this.options.folder, { recursive: true, force: true });
  }

  /** Takes the bytes, in memory where they come so, and through a file where they come in pieces. */
  private async taken(content: Content, onPiece: (piece: Buffer) => void): Promise<Taken> {
    const { objects, folder } = this.options;
    const onBytes = (piece: Buffer): void => {
      this.quota.addBytes(piece.length);
      onPiece(piece);
    };
    if (!(content instanceof Readable)) {
      // Of our own: the module may use its memory again at once.
      const bytes = Buffer.from(content);
      onBytes(bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { size: bytes.length, sha256, store: (key) => objects.put(key, bytes) };
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = this.nextPath();
    const written = await writeStream(path, content, onBytes);
    return { ...written, store: (key) => objects.putFile(key, path) };
  }

  private work(take: () => Promise<void>): Promise<void> {
    const work = this.taking(take);
    this.underWay.add(work);
    // Whoever forgets to wait is told at the end.
    work.catch(() => undefined).finally(() => this.underWay.delete(work));
    return work;
  }

  private async taking(take: () => Promise<void>): Promise<void> {
    try {
      this.assertOpen();
      this.quota.addEntry();
      await take();
    } catch (error) {
      this.fault ??= error;
      throw error;
    }
  }

  private now(take: () => void): void {
    try {
      this.assertOpen();
      take();
    } catch (error) {
      this.fault ??= error;
      throw error;
    }
  }

  private assertOpen(): void {
    if (this.fault !== undefined) throw this.fault;
    if (this.closed) throw new CodedError('job.output-closed', 'the run is over: nothing can be added any more');
  }

  private nextPath(): string {
    this.count += 1;
    return join(this.options.folder, `${this.count}`);
  }
}

const contentOf = async (instance: Uint8Array | Readable | DicomDataset): Promise<Content> => {
  if (instance instanceof Uint8Array || instance instanceof Readable) return instance;
  try {
    return await part10Of(instance);
  } catch (error) {
    throw new CodedError('job.output-not-dicom', 'a data set of the output cannot be written as DICOM', {
      cause: messageOf(error),
      details: { retryable: false },
    });
  }
};
