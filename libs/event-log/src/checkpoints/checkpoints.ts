import type { ClientBase } from 'pg';
import type { Database } from '../connection/database.js';
import { Office } from './office.js';

const get = { name: 'log-get-checkpoint', text: 'select position from log.checkpoint where name = $1' };
const set = {
  name: 'log-set-checkpoint',
  text: `insert into log.checkpoint (name, position) values ($1, $2)
    on conflict (name) do update set position = excluded.position, updated_at = clock_timestamp()`,
};

const forget = { name: 'log-forget-checkpoint', text: 'delete from log.checkpoint where name = $1' };

const vacant = {
  name: 'log-vacant-offices',
  text: `select c.name from log.checkpoint c where starts_with(c.name, $1)
    and not exists (select from log.office o where o.name = c.name and o.held_until > clock_timestamp())
    order by c.name`,
};

/** How far each reader of the log has come. */
export class Checkpoints {
  constructor(private readonly database: Database) {}

  /** The last position the reader has dealt with; 0 for a reader that is new. */
  async get(name: string): Promise<number> {
    const [row] = await this.database.rows<[number]>(get, [name]);
    return row?.[0] ?? 0;
  }

  /** @param client joins its transaction, so that the checkpoint and what was read for it change together */
  async set(name: string, position: number, client?: ClientBase): Promise<void> {
    if (client) await client.query(set.text, [name, position]);
    else await this.database.rows(set, [name, position]);
  }

  /** There is no such reader any more. */
  async forget(name: string): Promise<void> {
    await this.database.rows(forget, [name]);
  }

  /** The checkpoints that begin with a prefix, and whose name is an office that nobody is in. */
  async vacant(prefix: string): Promise<readonly string[]> {
    const rows = await this.database.rows<[string]>(vacant, [prefix]);
    return rows.map(([name]) => name);
  }

  /**
   * Makes this process the only one that works under a name, for as long as it lives and is well.
   * @returns undefined where another process has the office
   */
  async take(office: string): Promise<Office | undefined> {
    return Office.take(this.database, office);
  }
}
