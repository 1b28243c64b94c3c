import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { freshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import { migrate } from './migrate.js';

class CreateView1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table noted (position bigint primary key)');
  }
  async down(): Promise<void> {}
}

class Broken1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table half (position bigint)');
    await runner.query('select 1 / 0');
  }
  async down(): Promise<void> {}
}

describe('migrate', () => {
  it('may be run by many processes at once, and again', async () => {
    await using fresh = await freshLog({ segmentSize: null });
    await Promise.all(Array.from({ length: 5 }, () => migrate(fresh.url)));
    await migrate(fresh.url);
    const log = await fresh.open();
    await log.append(unit('note/1', 0, 'a'));
    expect(await log.head()).toMatchObject({ position: 1 });
  });

  it('makes the role of the services in many databases at once', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => freshLog({ segmentSize: null })));
    await Promise.all(databases.map(({ url }) => migrate(url)));
    const logs = await Promise.all(databases.map((database) => database.open()));
    expect(await Promise.all(logs.map((log) => log.head()))).toEqual(
      logs.map(() => ({ position: 0, recordedtime: undefined })),
    );
    await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
  });

  it('runs the migrations of read models behind the log, and lets services write their tables', async () => {
    await using fresh = await freshLog();
    await migrate(fresh.url, [CreateView1767225600001]);
    const log = await fresh.open();
    await log.pool.query('insert into noted values (7)');
    await log.pool.query('truncate noted');
    const { rows } = await log.pool.query('select * from noted');
    expect(rows).toEqual([]);
  });

  it('leaves nothing of a migration that fails, and says why it did', async () => {
    await using fresh = await freshLog();
    await expect(migrate(fresh.url, [Broken1767225600002])).rejects.toMatchObject({
      code: 'log.refused',
      message: expect.stringContaining('division by zero') as unknown,
    });
    const { rows } = await fresh.admin.query(`select to_regclass('public.half') as half`);
    expect(rows).toEqual([{ half: null }]);
  });

  it('works for an owner that is not a superuser', async () => {
    await using fresh = await freshLog({ segmentSize: null });
    const name = `owner_${Math.random().toString(36).slice(2)}`;
    const database = new URL(fresh.url).pathname.slice(1);
    await fresh.admin.query(`create role ${name} login createrole password 'owner'`);
    await fresh.admin.query(`grant waystation_app to ${name} with admin option`).catch(() => {});
    await fresh.admin.query(`alter database ${database} owner to ${name}`);
    const url = new URL(fresh.url);
    url.username = name;
    url.password = 'owner';
    await migrate(url.href);
    const log = await fresh.open(url.href);
    await log.append(unit('note/1', 0, 'a'));
    await expect(log.pool.query('delete from log.event')).rejects.toMatchObject({ code: '42501' });
    await log.close();
    await fresh.admin.query(`reassign owned by ${name} to current_user`);
    await fresh.admin.query(`drop owned by ${name}`);
    await fresh.admin.query(`drop role ${name}`);
  });

  it('is asked for by a log that is opened without it', async () => {
    await using fresh = await freshLog({ segmentSize: null });
    await expect(fresh.open()).rejects.toMatchObject({ code: 'log.not-migrated' });
  });
});
