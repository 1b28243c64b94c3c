import type { Pool } from 'pg';

/** Where events go that a consumer could not handle, for an operator to look at. */
export class Parking {
  constructor(private readonly database: Pick<Pool, 'query'>) {}

  /** Once more for the same event only brings the row up to date. */
  async park(consumer: string, position: number, attempts: number, error: string): Promise<void> {
    await this.database.query(
      `insert into log.parked (consumer, position, attempts, error) values ($1, $2, $3, $4)
        on conflict (consumer, position) do update
        set attempts = excluded.attempts, error = excluded.error, at = clock_timestamp(), state = 'parked'`,
      [consumer, position, attempts, error],
    );
  }
}
