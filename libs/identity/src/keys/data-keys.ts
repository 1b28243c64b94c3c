import { CodedError } from '@waystation/kernel';
import type { KeyRing } from '../key-encryption/key-ring.js';
import type { BlindIndex } from '../patients/blind-index.js';
import type { Subject } from '../patients/subject.js';
import { DataKey } from '../sealing/data-key.js';
import type { SeriesOpening } from '../sealing/series-seal.js';
import type { KeyTable } from './key-table.js';
import { Recent } from './recent.js';

/** Milliseconds that a key is used without a look whether it is retired. Whoever retires keys waits longer. */
export const FRESH_MS = 1000;

/** Keys that are kept in memory. */
const KEPT = 10_000;
/** Series that objects arrive for at the same time. */
const OPENINGS = 1000;

/** The keys of patients: looked up or made once, then kept in memory until any key is retired. */
export class DataKeys {
  /** What was last sealed with them: gone from memory when they are. */
  readonly openings = new Recent<string, SeriesOpening>(OPENINGS);
  private readonly bySubject = new Recent<string, DataKey>(KEPT);
  private readonly byId = new Recent<string, DataKey>(KEPT);
  private readonly underWay = new Map<string, Promise<DataKey>>();
  private generation: number | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly table: KeyTable,
    private readonly ring: KeyRing,
    private readonly index: BlindIndex,
  ) {}

  /**
   * The key to seal with; made where there is none, and durable when this resolves.
   * @throws CodedError `log.unavailable`, `identity.wrong-key`, `identity.damaged`
   */
  async of(subject: Subject): Promise<DataKey> {
    await this.refresh();
    const name = JSON.stringify(subject);
    const known = this.bySubject.get(name);
    if (known !== undefined) return known;
    const finding = this.underWay.get(name) ?? this.find(subject, name);
    this.underWay.set(name, finding);
    return finding;
  }

  /** The keys that there still are of these, by id. */
  async withIds(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    await this.refresh();
    const { generation } = this;
    const found = new Map<string, DataKey>();
    const missing = new Set<string>();
    for (const id of keyIds) {
      const known = this.byId.get(id);
      if (known === undefined) missing.add(id);
      else found.set(id, known);
    }
    if (missing.size === 0) return found;
    for (const row of await this.table.withIds([...missing])) {
      const key = new DataKey(row.keyId, await this.ring.unwrap(row, row.keyId));
      found.set(row.keyId, key);
      if (row.isInUse) this.keep(this.byId, row.keyId, key, generation);
    }
    return found;
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.bySubject.clear();
    this.byId.clear();
    this.openings.clear();
    this.underWay.clear();
    this.lookedAt = Number.NEGATIVE_INFINITY;
  }

  private async find(subject: Subject, name: string): Promise<DataKey> {
    const { generation } = this;
    try {
      const key = await this.findOrMake(subject);
      this.keep(this.bySubject, name, key, generation);
      this.keep(this.byId, key.id, key, generation);
      return key;
    } finally {
      this.underWay.delete(name);
    }
  }

  private async findOrMake(subject: Subject): Promise<DataKey> {
    const pseudonym = this.index.pseudonymOf(subject);
    let row = await this.table.inUse(pseudonym);
    if (row === undefined) {
      const patientIndex = 'patientId' in subject ? this.index.patientIndexOf(subject.patientId) : null;
      const { id, secret } = DataKey.random();
      await this.table.add({ keyId: id, pseudonym, patientIndex, ...(await this.ring.wrap(secret, id)) });
      // Of several who make one at the same time one gets through; everybody uses that.
      row = await this.table.inUse(pseudonym);
    }
    if (row === undefined)
      throw new CodedError('log.unavailable', `the key of patient ${pseudonym} is being destroyed`);
    return new DataKey(row.keyId, await this.ring.unwrap(row, row.keyId));
  }

  /** What was read before keys were retired is not kept behind that. */
  private keep(where: Recent<string, DataKey>, name: string, key: DataKey, generation: number | undefined): void {
    if (generation === this.generation) where.set(name, key);
  }

  private async refresh(): Promise<void> {
    if (performance.now() - this.lookedAt <= FRESH_MS) return;
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    await this.looking;
  }

  private async look(): Promise<void> {
    const lookedAt = performance.now();
    const generation = await this.table.generation();
    if (generation !== this.generation) this.clear();
    this.generation = generation;
    this.lookedAt = lookedAt;
  }
}
