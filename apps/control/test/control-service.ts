import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@waystation/configuration';
import { closePlatform, createService, openPlatform, type Platform } from '@waystation/service';
import pg from 'pg';
import 'reflect-metadata';
import { ControlModule } from '../src/control.module.js';

const serverUrl = (): string => {
  const url = process.env['WAYSTATION_TEST_POSTGRES_URL'];
  if (!url) throw new Error('WAYSTATION_TEST_POSTGRES_URL names no Postgres: run the suite with its services');
  return url;
};

/** The control service on a log of its own, listening. */
export interface ControlService extends AsyncDisposable {
  readonly platform: Platform;
  /** Asks it. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts one; the settings are those of the environment given. */
export const controlService = async (env: NodeJS.ProcessEnv = {}): Promise<ControlService> => {
  const folder = await mkdtemp(join(tmpdir(), 'control-'));
  const name = `control_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client(serverUrl());
  await server.connect();
  await server.query(`create database ${name}`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const settings = loadSettings({
    env: { WAYSTATION_DATA: folder, WAYSTATION_HTTP_PORT: '0', WAYSTATION_LOG_LEVEL: 'error', ...env },
    folder,
  });
  const platform = await openPlatform({ service: 'control', settings, databaseUrl: address.href });
  const running = await createService(platform, [ControlModule]);
  return {
    platform,
    ask: async (method, path, body, headers = {}) => {
      const response = await fetch(`${running.httpUrl}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    },
    async [Symbol.asyncDispose]() {
      await running.close();
      await closePlatform(platform);
      await server.query(`drop database ${name} with (force)`);
      await server.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
