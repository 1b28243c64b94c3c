import type { RebuildReport } from '@waystation/answers';
import type { DataSource, EntityManager } from 'typeorm';
import { digestOf, openReadModels } from '../project-history/read-models.js';

/** A new set of the read models that is filled beside those in force; nobody reads it until it takes their place. */
export class Generation {
  private constructor(
    readonly number: number,
    private readonly views: DataSource,
    private readonly own: DataSource,
  ) {}

  /**
   * Makes its tables. Only one process may do so at a time: what it finds half-built is dropped.
   * @param goal the position that it has to reach
   */
  static async begin(views: DataSource, databaseUrl: string, goal: number): Promise<Generation> {
    const rows: { number: number }[] = await views.query('select audit.begin_generation($1) as number', [goal]);
    const number = rows[0]?.number ?? 0;
    return new Generation(number, views, await openReadModels(databaseUrl, schemaOf(number)));
  }

  /** Writes into it, and notes how far it has come. */
  async write(position: number, lines: (manager: EntityManager) => Promise<void>): Promise<void> {
    await this.own.transaction(async (manager) => {
      await lines(manager);
      await manager.query('update audit.generation set position = $2, goal = greatest(goal, $2) where number = $1', [
        this.number,
        position,
      ]);
    });
  }

  digest(): Promise<string> {
    return digestOf(this.own.manager, schemaOf(this.number));
  }

  /** Takes the place of the read models in force when the transaction commits. */
  async takeOver(manager: EntityManager, report: RebuildReport): Promise<void> {
    await manager.query('select audit.switch_generation($1, $2)', [this.number, JSON.stringify(report)]);
  }

  /** Ends a generation that never comes into force. */
  async abandon(failure: string): Promise<void> {
    await this.views.query('select audit.abandon_generation($1, $2)', [failure, this.number]);
  }

  /** Drops what it took the place of. */
  async dropReplaced(): Promise<void> {
    await this.views.query('select audit.drop_generations()');
  }

  /** Closes its sessions. */
  async close(): Promise<void> {
    await this.own.destroy();
  }
}

const schemaOf = (number: number): string => `view_${number}`;
