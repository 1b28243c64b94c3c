import { runSqlFiles } from '@waystation/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILES = [
  'tables/read_models',
  'tables/generation',
  'functions/drop_generations',
  'functions/abandon_generation',
  'functions/begin_generation',
  'functions/switch_generation',
  'privileges/waystation_app',
];

/** Makes the tables of the read models, and what swaps them. */
export class CreateReadModels1767312000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runSqlFiles(runner, new URL('../../sql/', import.meta.url), FILES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`select audit.abandon_generation('the read models were removed')`);
    await runner.query('drop schema view, audit cascade');
  }
}
