import { runSqlFiles } from '@waystation/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the schema `identity`. */
export class CreateIdentityKeys1767268800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runSqlFiles(runner, new URL('../../sql/', import.meta.url), ['identity']);
  }

  async down(): Promise<void> {
    throw new Error('the keys of patients are not dropped by a migration');
  }
}
