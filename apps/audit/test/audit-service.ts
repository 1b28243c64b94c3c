import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@waystation/configuration';
import { closePlatform, createService, openPlatform, type Platform, type RunningService } from '@waystation/service';
import pg from 'pg';
import 'reflect-metadata';
import { AuditModule } from '../src/audit.module.js';
import { CreateReadModels1767312000000 } from '../src/project-history/create-read-models.js';

const serverUrl = (): string => {
  const url = process.env['WAYSTATION_TEST_POSTGRES_URL'];
  if (!url) throw new Error('WAYSTATION_TEST_POSTGRES_URL names no Postgres: run the suite with its services');
  return url;
};

/** The audit service on a log of its own, listening. */
export interface AuditService extends AsyncDisposable {
  readonly platform: Platform;
  readonly url: string;
  /** Another process of it on the same log. */
  another(env?: NodeJS.ProcessEnv): Promise<{ readonly platform: Platform; readonly running: RunningService }>;
  /** Drains and stops it; the log stays. */
  stop(): Promise<void>;
}

/** Starts one; the settings are those of the environment given. */
export const auditService = async (env: NodeJS.ProcessEnv = {}): Promise<AuditService> => {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  const name = `audit_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client(serverUrl());
  await server.connect();
  await server.query(`create database ${name}`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const opened: (() => Promise<void>)[] = [];
  const start = async (more: NodeJS.ProcessEnv = {}) => {
    const settings = loadSettings({
      env: { WAYSTATION_DATA: folder, WAYSTATION_HTTP_PORT: '0', WAYSTATION_LOG_LEVEL: 'error', ...env, ...more },
      folder,
    });
    const databaseUrl = address.href;
    const migrations = [CreateReadModels1767312000000];
    const platform = await openPlatform({ service: 'audit', settings, databaseUrl, migrations });
    opened.push(() => closePlatform(platform));
    const running = await createService(platform, [AuditModule]);
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= running.close());
    opened.push(close);
    return { platform, running: { ...running, close } };
  };
  const { platform, running } = await start();
  return {
    platform,
    url: running.httpUrl,
    another: start,
    stop: () => running.close(),
    async [Symbol.asyncDispose]() {
      for (const close of opened.reverse()) await close();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
