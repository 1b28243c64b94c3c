import { loadSettings } from '@waystation/configuration';
import { CodedError, messageOf } from '@waystation/kernel';
import type { MigrationClass } from '@waystation/event-log';
import type { INestApplication, Type } from '@nestjs/common';
import 'reflect-metadata';
import { createService } from './create-service.js';
import { drainOnSignal } from './drain-on-signal.js';
import { closePlatform, openPlatform } from './platform.js';

export interface ServiceOptions {
  /** Tables of the service's own read models. */
  readonly migrations?: readonly MigrationClass[];
  /**
   * Whether it seals or opens who patients are, unless told otherwise; without that it needs no key. `where-there-is-a-key`:
   * it does where the settings name one, and does its other work without.
   */
  readonly opensIdentities?: boolean | 'where-there-is-a-key';
  /** Called when the service listens. */
  readonly onReady?: (app: INestApplication) => void;
}

/** Runs one app as a process of its own, on the substrate that the settings name, until it is told to stop. */
export const runService = async (service: string, module: Type, options: ServiceOptions = {}): Promise<void> => {
  try {
    const settings = loadSettings({ env: process.env, folder: process.cwd() });
    if (settings.databaseUrl === 'embedded') {
      throw new CodedError(
        'service.needs-database',
        `${service} runs on its own only with a Postgres of its own: set WAYSTATION_DATABASE_URL (npm start runs everything on an embedded one)`,
      );
    }
    const { migrations = [], opensIdentities = true, onReady } = options;
    const { databaseUrl } = settings;
    const platform = await openPlatform({ migrations, opensIdentities, service, settings, databaseUrl });
    const running = await createService(platform, [module]).catch(async (error: unknown) => {
      await closePlatform(platform);
      throw error;
    });
    onReady?.(running.app);
    platform.logger.log(`${service} is ready, HTTP at ${running.httpUrl}`);
    drainOnSignal(platform.logger, async () => {
      await running.close();
      await closePlatform(platform);
    });
  } catch (error) {
    process.stderr.write(`${service}: ${messageOf(error)}\n`);
    process.exit(1);
  }
};
