import { Worker } from 'node:worker_threads';
import type { DecodeFrame, EncodedFrame } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import type { Response } from './thread-messages.js';
import { undecodable } from './undecodable.js';

export interface FrameDecoderOptions {
  /** How long one frame may take. Default 120 s. */
  readonly timeoutMs?: number | undefined;
  /** How long the thread and its memory are kept when nothing is to be decoded. Default 30 s. */
  readonly idleMs?: number | undefined;
}

/** Built from `thread.ts`. The same place seen from the sources and from what is built of them. */
const THREAD = new URL('../dist/thread.js', import.meta.url);

/**
 * Decodes frames in a thread of its own, one at a time: it takes a processor for a while, and whoever waits has other
 * things to do. The thread comes into being when it is needed.
 */
export class FrameDecoder {
  private readonly timeoutMs: number;
  private readonly idleMs: number;
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor({ timeoutMs = 120_000, idleMs = 30_000 }: FrameDecoderOptions = {}) {
    this.timeoutMs = timeoutMs;
    this.idleMs = idleMs;
  }

  /**
   * @throws CodedError `dicom-codecs.undecodable`, also where it takes too long; `dicom-codecs.closed` after `close`
   */
  readonly decode: DecodeFrame = (frame) => {
    const decoded = this.last.then(() => this.run(frame));
    this.last = decoded.catch(() => undefined);
    return decoded;
  };

  /** Ends the thread for good; what it decodes is not finished. */
  async close(): Promise<void> {
    this.closed = true;
    await this.endThread();
  }

  private async run(frame: EncodedFrame): Promise<Uint8Array> {
    clearTimeout(this.idle);
    if (this.closed) throw closed(frame);
    const worker = (this.worker ??= new Worker(THREAD, { execArgv: [] }));
    worker.ref();
    try {
      const response = await this.ask(worker, frame);
      if ('pixels' in response) return response.pixels;
      throw new CodedError(response.failure.code, response.failure.message);
    } finally {
      worker.unref();
      this.idle = setTimeout(() => void this.endThread(), this.idleMs).unref();
    }
  }

  private async ask(worker: Worker, frame: EncodedFrame): Promise<Response> {
    // A copy of its own, because that of the caller may be a part of something larger; it is handed over.
    const bytes = Uint8Array.from(frame.bytes);
    const asked = new AbortController();
    try {
      return await new Promise<Response>((resolve, reject) => {
        const fail = (why: string, cause?: unknown) =>
          reject(this.closed ? closed(frame) : undecodable(frame, why, cause));
        const heard = {
          message: resolve,
          error: (error: Error) => fail(error.message, error),
          exit: () => fail('the decoder ended'),
        };
        for (const [event, handle] of Object.entries(heard)) {
          worker.once(event, handle);
          asked.signal.addEventListener('abort', () => worker.off(event, handle));
        }
        const timer = setTimeout(() => fail(`it takes more than ${this.timeoutMs} ms`), this.timeoutMs);
        asked.signal.addEventListener('abort', () => clearTimeout(timer));
        worker.postMessage({ ...frame, bytes }, [bytes.buffer]);
      });
    } catch (error) {
      // Nobody knows what state it is in.
      await this.endThread();
      throw error;
    } finally {
      asked.abort();
    }
  }

  private async endThread(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

const closed = ({ number }: EncodedFrame): CodedError =>
  new CodedError('dicom-codecs.closed', `frame ${number} is not decoded: the decoder is closed`);
