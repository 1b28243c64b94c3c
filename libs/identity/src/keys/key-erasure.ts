import { setTimeout as delay } from 'node:timers/promises';
import { queryRows, type NamedStatement } from '@waystation/event-log';
import { FRESH_MS, type DataKeys } from './data-keys.js';
import type { KeyDatabase } from './key-table.js';

const retire: NamedStatement = {
  name: 'identity-retire',
  text: `with retired as (
      update identity.data_key set retired_at = clock_timestamp() where key_id = any($1::uuid[]) and retired_at is null
    ) update identity.generation set value = value + 1`,
};
const destroy: NamedStatement = {
  name: 'identity-destroy',
  text: 'delete from identity.data_key where key_id = any($1::uuid[])',
};

/** Destroys keys. */
export class KeyErasure {
  constructor(
    private readonly database: KeyDatabase,
    private readonly keys: DataKeys,
  ) {}

  /**
   * Destroys keys; may be done again. Nothing is sealed with them once every process had to look again, and only then
   * they go, so that nobody seals what nobody will ever open.
   */
  async destroy(keyIds: readonly string[]): Promise<void> {
    await queryRows(this.database.pool, retire, [keyIds]);
    this.keys.clear();
    await delay(2 * FRESH_MS);
    await queryRows(this.database.pool, destroy, [keyIds]);
    this.keys.clear();
  }
}
