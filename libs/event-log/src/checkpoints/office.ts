import { CodedError } from '@waystation/kernel';
import { randomUUID } from 'node:crypto';
import type { Database } from '../connection/database.js';

/** Longer than a stall of a busy process, shorter than what anybody who waits for news would notice. */
const LEASE_MS = 6_000;
const RENEW_MS = 1_500;

const statements = {
  take: {
    name: 'log-take-office',
    text: `insert into log.office (name, holder, held_until)
        values ($1, $2, clock_timestamp() + $3::bigint * interval '1 ms')
      on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
        where office.held_until <= clock_timestamp()
      returning 1`,
  },
  renew: {
    name: 'log-renew-office',
    text: `update log.office set held_until = clock_timestamp() + $3::bigint * interval '1 ms'
      where name = $1 and holder = $2 returning 1`,
  },
  giveBack: { name: 'log-give-back-office', text: 'delete from log.office where name = $1 and holder = $2' },
  save: {
    name: 'log-save-in-office',
    text: `with held as (
        select from log.office where name = $1 and holder = $2 and held_until > clock_timestamp() for share
      )
      insert into log.checkpoint (name, position) select $3, $4::bigint from held
      on conflict (name) do update set position = excluded.position, updated_at = clock_timestamp()
      returning 1`,
  },
} as const;

/**
 * What one process at a time does for all. It is a lease and no lock of a session: a process that hangs keeps its sessions, and
 * would keep everybody waiting with them.
 */
export class Office {
  readonly #holder = randomUUID();
  readonly #lost = new AbortController();
  #heldUntil = 0;
  #renewing: NodeJS.Timeout | undefined;

  private constructor(
    private readonly database: Database,
    readonly name: string,
  ) {}

  /** Takes an office; undefined while another process has it. */
  static async take(database: Database, name: string): Promise<Office | undefined> {
    const office = new Office(database, name);
    return (await office.#held(statements.take)) ? office.#inOffice() : undefined;
  }

  /** Aborted when the office is lost; then another process may have it already. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Whether the lease has surely not run out yet. What happened before somebody asked this and was told yes, happened
   * before anybody else could take the office.
   */
  get held(): boolean {
    return !this.lost.aborted && performance.now() < this.#heldUntil;
  }

  /**
   * Sets a checkpoint, if this process is still in office by the database's clock.
   * @throws log.office-lost: nothing was set
   */
  async save(checkpoint: string, position: number): Promise<void> {
    const rows = await this.database.rows(statements.save, [this.name, this.#holder, checkpoint, position]);
    if (rows.length > 0) return;
    this.#lose();
    throw new CodedError('log.office-lost', `another process may be at ${this.name} now: ${checkpoint} is left to it`);
  }

  /** Gives the office back, if it is still held. Resolves also where the database cannot be told: then the lease runs out. */
  async giveBack(): Promise<void> {
    this.#lose();
    await this.database.rows(statements.giveBack, [this.name, this.#holder]).catch(() => {});
  }

  #inOffice(): this {
    this.#renewing = setInterval(() => void this.#renew(), RENEW_MS);
    return this;
  }

  async #renew(): Promise<void> {
    try {
      if (!(await this.#held(statements.renew))) this.#lose();
    } catch {
      // The database cannot be asked: nobody else can take the office either, but its lease runs out there all the same.
      if (performance.now() >= this.#heldUntil) this.#lose();
    }
  }

  async #held(statement: typeof statements.take | typeof statements.renew): Promise<boolean> {
    const asked = performance.now();
    const rows = await this.database.rows(statement, [this.name, this.#holder, LEASE_MS]);
    if (rows.length > 0) this.#heldUntil = asked + LEASE_MS;
    return rows.length > 0;
  }

  #lose(): void {
    clearInterval(this.#renewing);
    this.#lost.abort();
  }
}
