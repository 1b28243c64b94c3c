import { LogSealed, LogSigningKeyChanged, streamName, type NewEvent } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import { lastSeal, type LastSeal } from './last-seal.js';
import { leafMarks } from './leaf-marks.js';
import { MerkleTree } from './merkle-tree.js';
import { sealHash, type Seal } from './seal-hash.js';
import { sealLeaves } from './seal-leaves.js';
import type { SigningKey } from './seal-signature.js';

const ANCHORED = 'seal-anchor';
/** Events under one seal: what has to be read to prove one of them, and a proof of twelve hashes. */
const MOST = 4096;

export interface SealerOptions {
  /** The actor in the metadata of seals. */
  readonly service: string;
  /** Copies a seal to where the database's owner cannot change it. Gets every seal in
   * order; some twice, after a fault or where several sealers are at work. */
  readonly anchor?: (seal: Seal) => Promise<void>;
  /** Signs seals. */
  readonly signingKey?: SigningKey | undefined;
}

/** Seals the log: from then on nobody can change an event of the range without changing every later seal. */
export class Sealer {
  constructor(
    private readonly log: EventLog,
    private readonly options: SealerOptions,
  ) {}

  /**
   * Seals what was recorded since the last seal, at most 4096 events at a time, and hands all seals that are not yet
   * anchored to `anchor`.
   * @returns the last seal; undefined where there was nothing to seal, or another sealer was faster
   * @throws log.hole, log.changed-event; whatever `anchor` throws: the seal is in the log then, and anchored next time
   */
  async sealNow(): Promise<LogSealed | undefined> {
    const sealed = await this.#sealAll();
    await this.#anchor();
    return sealed;
  }

  async #sealAll(): Promise<LogSealed | undefined> {
    const { position: head } = await this.log.head();
    let sealed: LogSealed | undefined;
    for (;;) {
      const last = await lastSeal(this.log.pool);
      const from = last.to + 1;
      // A seal alone is no reason for another one.
      if (head < from || (head === from && head === last.position)) return sealed;
      const next = await this.#seal(last, { from, to: Math.min(head, from + MOST - 1) });
      if (!next) return undefined;
      sealed = next;
    }
  }

  async #seal(last: LastSeal, range: { readonly from: number; readonly to: number }): Promise<LogSealed | undefined> {
    const leaves = await sealLeaves(this.log, range);
    const tree = new MerkleTree();
    for (const leaf of leaves) tree.add(leaf);
    const body = { ...range, root: tree.root().toString('hex'), previous: last.seal };
    const seal = sealHash(body);
    const { service, signingKey } = this.options;
    const signature = signingKey?.sign(seal) ?? null;
    const event = LogSealed.of({ ...body, seal, marks: leafMarks(leaves), signature });
    try {
      await this.log.append({
        parts: [{ stream: streamName.log, expected: last.version, events: [...this.#changeOfKey(last.key), event] }],
        time: this.log.clock.estimate(),
        metadata: { actor: { kind: 'service', name: service } },
      });
      return event;
    } catch (error) {
      if (hasCode(error, 'log.wrong-expected-version')) return undefined;
      throw error;
    }
  }

  #changeOfKey(previous: string | null): readonly NewEvent[] {
    const key = this.options.signingKey?.publicKey ?? null;
    return key === previous ? [] : [LogSigningKeyChanged.of({ key, previous })];
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
