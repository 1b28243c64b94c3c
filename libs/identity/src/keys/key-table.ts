import { queryRows, type EventLog, type NamedStatement } from '@waystation/event-log';
import type { WrappedKey } from '../key-encryption/key-ring.js';

/** Sessions on the database of the log. */
export type KeyDatabase = Pick<EventLog, 'pool'>;

/** A key of a patient as it lies in the database. */
export interface KeyRow extends WrappedKey {
  readonly keyId: string;
}

/** A key that is to lie there. */
export interface NewKeyRow extends KeyRow {
  readonly pseudonym: string;
  readonly patientIndex: string | null;
}

type Row = readonly [keyId: string, wrapped: Buffer, kekId: string];

const statement = (name: string, text: string): NamedStatement => ({ name: `identity-${name}`, text });

const statements = {
  generation: statement('generation', 'select value from identity.generation'),
  inUse: statement(
    'in-use',
    'select key_id, wrapped, kek_id from identity.data_key where pseudonym = $1 and retired_at is null',
  ),
  add: statement(
    'add',
    `insert into identity.data_key (key_id, pseudonym, patient_index, wrapped, kek_id) values ($1, $2, $3, $4, $5)
     on conflict (pseudonym) where retired_at is null do nothing`,
  ),
  withIds: statement(
    'with-ids',
    'select key_id, wrapped, kek_id, retired_at is null from identity.data_key where key_id = any($1::uuid[])',
  ),
  wrappedByOther: statement(
    'wrapped-by-other',
    'select key_id, wrapped, kek_id from identity.data_key where kek_id <> all($1::text[]) order by key_id limit $2',
  ),
  countOther: statement('count-other', 'select count(*) from identity.data_key where kek_id <> $1'),
  rewrap: statement(
    'rewrap',
    `update identity.data_key d set wrapped = n.wrapped, kek_id = $3
     from unnest($1::uuid[], $2::bytea[]) n (key_id, wrapped) where d.key_id = n.key_id`,
  ),
  secret: statement('secret', 'select wrapped, kek_id from identity.secret where name = $1'),
  addSecret: statement(
    'add-secret',
    'insert into identity.secret (name, wrapped, kek_id) values ($1, $2, $3) on conflict (name) do nothing',
  ),
  rewrapSecret: statement('rewrap-secret', 'update identity.secret set wrapped = $2, kek_id = $3 where name = $1'),
};

const keyRow = ([keyId, wrapped, kekId]: Row): KeyRow => ({ keyId, wrapped, kekId });

/** The tables of the schema `identity`. Every method may run twice; throws `log.unavailable` while the database is away. */
export class KeyTable {
  constructor(private readonly database: KeyDatabase) {}

  /** Another number than before where keys were retired since. */
  async generation(): Promise<number> {
    const [row] = await queryRows<[number]>(this.database.pool, statements.generation, []);
    return row?.[0] ?? 0;
  }

  /** The key that is sealed with. */
  async inUse(pseudonym: string): Promise<KeyRow | undefined> {
    const [row] = await queryRows<Row>(this.database.pool, statements.inUse, [pseudonym]);
    return row && keyRow(row);
  }

  /** Adds a key, unless there is one in use already. */
  async add({ keyId, pseudonym, patientIndex, wrapped, kekId }: NewKeyRow): Promise<void> {
    await queryRows(this.database.pool, statements.add, [keyId, pseudonym, patientIndex, wrapped, kekId]);
  }

  /** The keys that are left of these; one that is retired still opens what it sealed. */
  async withIds(keyIds: readonly string[]): Promise<readonly (KeyRow & { readonly isInUse: boolean })[]> {
    const rows = await queryRows<[...Row, boolean]>(this.database.pool, statements.withIds, [keyIds]);
    return rows.map(([keyId, wrapped, kekId, isInUse]) => ({ keyId, wrapped, kekId, isInUse }));
  }

  /** Keys wrapped by none of these key-encryption keys. */
  async wrappedByOther(kekIds: readonly string[], limit: number): Promise<readonly KeyRow[]> {
    return (await queryRows<Row>(this.database.pool, statements.wrappedByOther, [kekIds, limit])).map(keyRow);
  }

  async countWrappedByOther(kekId: string): Promise<number> {
    const [row] = await queryRows<[number]>(this.database.pool, statements.countOther, [kekId]);
    return row?.[0] ?? 0;
  }

  /** Puts the same keys there in another wrapping. */
  async rewrap(rows: readonly KeyRow[], kekId: string): Promise<void> {
    const columns = [rows.map(({ keyId }) => keyId), rows.map(({ wrapped }) => wrapped)];
    await queryRows(this.database.pool, statements.rewrap, [...columns, kekId]);
  }

  async secret(name: string): Promise<WrappedKey | undefined> {
    const [row] = await queryRows<[Buffer, string]>(this.database.pool, statements.secret, [name]);
    return row && { wrapped: row[0], kekId: row[1] };
  }

  /** Adds a secret, unless there is one of that name. */
  async addSecret(name: string, { wrapped, kekId }: WrappedKey): Promise<void> {
    await queryRows(this.database.pool, statements.addSecret, [name, wrapped, kekId]);
  }

  async rewrapSecret(name: string, { wrapped, kekId }: WrappedKey): Promise<void> {
    await queryRows(this.database.pool, statements.rewrapSecret, [name, wrapped, kekId]);
  }
}
