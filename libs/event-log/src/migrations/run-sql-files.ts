import { readFile } from 'node:fs/promises';
import type { QueryRunner } from 'typeorm';

/** Runs SQL files one after the other, in the transaction of the migration. @param folder ends with a slash */
export const runSqlFiles = async (runner: QueryRunner, folder: URL, files: readonly string[]): Promise<void> => {
  for (const file of files) await runner.query(await readFile(new URL(`${file}.sql`, folder), 'utf8'));
};
