import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@waystation/kernel';
import type { EngineConnection } from './engine-connection.js';
import { LogFrames } from './log-frames.js';

/** Engines now and then do not notice that a container has ended whose log they follow: then it is read once more. */
const END_MS = 1000;

/** The log of one container, passed on as it is written. */
export class ContainerLog {
  /** Bytes that were passed on. */
  private seen = 0;
  private readonly over = new AbortController();
  private readonly following: Promise<boolean>;

  /** Begins to follow it; the container has been started. */
  constructor(
    private readonly engine: EngineConnection,
    private readonly id: string,
    private readonly onLog: (bytes: Uint8Array) => void,
  ) {
    this.following = this.#read(true, 0).then(
      () => true,
      () => false,
    );
  }

  /** Sees to it that all of it was passed on; the container has ended. What cannot be had is lost, and the log says so. */
  async complete(): Promise<void> {
    const late = sleep(END_MS, false, { signal: this.over.signal }).catch(() => false);
    const isWhole = await Promise.race([this.following, late]);
    await this.stop();
    if (isWhole) return;
    try {
      await this.#read(false, this.seen);
    } catch (error) {
      this.onLog(Buffer.from(`[the rest of the log was lost: ${messageOf(error)}]\n`));
    }
  }

  /** Passes on nothing more. */
  async stop(): Promise<void> {
    this.over.abort();
    await this.following;
  }

  /** @param skip bytes that were passed on before */
  async #read(follow: boolean, skip: number): Promise<void> {
    let left = skip;
    const frames = new LogFrames((bytes) => {
      const fresh = bytes.subarray(Math.min(left, bytes.length));
      left -= bytes.length - fresh.length;
      this.seen += fresh.length;
      if (fresh.length > 0) this.onLog(fresh);
    });
    const path = `/containers/${this.id}/logs?follow=${follow}&stdout=true&stderr=true`;
    const signal = follow ? { signal: this.over.signal } : {};
    const answer = await this.engine.open({ method: 'GET', path, ...signal });
    for await (const piece of answer as AsyncIterable<Buffer>) frames.push(piece);
  }
}
