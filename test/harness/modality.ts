import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { sendInstances } from '@waystation/dicom-network';
import { CodedError } from '@waystation/kernel';
import type { SyntheticInstance } from '@waystation/testing';

/** A scanner: it keeps every object until it is told Success for it. */
export class Modality {
  /** SOP Instance UIDs that Waystation said Success (0x0000) for. */
  readonly acknowledged = new Set<string>();
  /** Every status it was answered, in order. */
  readonly statuses: number[] = [];
  /** Called after each Success; the next object waits for it. */
  onAcknowledged: (objects: number) => Promise<void> | void = () => undefined;

  /** @param pauseMs between two objects */
  constructor(private readonly pauseMs = 0) {}

  /**
   * Sends over one association what is not acknowledged yet.
   * @returns whether all of it is acknowledged now; false too where the association could not be had or broke off
   */
  async send(port: number, instances: readonly SyntheticInstance[]): Promise<boolean> {
    const waiting = instances.filter(({ sopInstanceUid }) => !this.acknowledged.has(sopInstanceUid));
    const peer = { host: '127.0.0.1', port, calledAeTitle: 'WAYSTATION', callingAeTitle: 'SCANNER' };
    const sendable = waiting.map((instance) => ({ ...instance, open: async () => Readable.from([instance.dataSet]) }));
    try {
      await sendInstances(peer, sendable, async ({ sopInstanceUid, status }) => {
        this.statuses.push(status);
        if (status === 0) await this.onAcknowledged(this.acknowledged.add(sopInstanceUid).size);
        await delay(this.pauseMs);
      });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
    }
    return waiting.every(({ sopInstanceUid }) => this.acknowledged.has(sopInstanceUid));
  }

  /** Sends, and sends again what was not acknowledged, until all of it is. */
  async push(port: number, instances: readonly SyntheticInstance[]): Promise<void> {
    for (let tries = 1; !(await this.send(port, instances)); tries++) {
      if (tries > 300) throw new Error(`${this.acknowledged.size} objects acknowledged after ${tries} tries`);
      await delay(200);
    }
  }
}
