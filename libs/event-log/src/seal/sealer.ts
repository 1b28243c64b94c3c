import { LogSealed, streamName } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import { lastSeal } from './last-seal.js';
import { merkleRoot } from './merkle-root.js';
import { sealHash, type Seal } from './seal-hash.js';

const ANCHORED = 'seal-anchor';

export interface SealerOptions {
  /** The actor in the metadata of seals. */
  readonly service: string;
  /** Copies a seal to where the database's owner cannot change it. Gets every seal in
   * order; some twice, after a fault or where several sealers are at work. */
  readonly anchor?: (seal: Seal) => Promise<void>;
}

/** Seals the log: from then on nobody can change an event of the range without changing every later seal. */
export class Sealer {
  constructor(
    private readonly log: EventLog,
    private readonly options: SealerOptions,
  ) {}

  /**
   * Seals what was recorded since the last seal, and hands all seals that are not yet anchored to `anchor`.
   * @returns undefined where there was nothing to seal, or another sealer was faster
   * @throws log.hole, log.changed-event; whatever `anchor` throws: the seal is in the log then, and anchored next time
   */
  async sealNow(): Promise<LogSealed | undefined> {
    const sealed = await this.#seal();
    await this.#anchor();
    return sealed;
  }

  async #seal(): Promise<LogSealed | undefined> {
    const last = await lastSeal(this.log.pool);
    const { position: to } = await this.log.head();
    const from = last.to + 1;
    // A seal alone is no reason for another one.
    if (to < from || (to === from && to === last.position)) return undefined;
    const root = await merkleRoot(this.log.pool, { from, to });
    const body = { from, to, root, previous: last.seal };
    const event = LogSealed.of({ ...body, seal: sealHash(body) });
    try {
      await this.log.append({
        parts: [{ stream: streamName.log, expected: last.version, events: [event] }],
        time: this.log.clock.estimate(),
        metadata: { actor: { kind: 'service', name: this.options.service } },
      });
      return event;
    } catch (error) {
      if (hasCode(error, 'log.wrong-expected-version')) return undefined;
      throw error;
    }
  }

  async #anchor(): Promise<void> {
    const { anchor } = this.options;
    if (!anchor) return;
    const { checkpoints } = this.log;
    const done = await checkpoints.get(ANCHORED);
    const events = await this.log.readStream(streamName.log, { after: done });
    for (const { type, data, sequence } of events) {
      if (type === LogSealed.type) await anchor(LogSealed.schema.parse(data));
      await checkpoints.set(ANCHORED, sequence);
    }
  }
}
