import { CommandHandler, EventLog } from '@waystation/event-log';
import { SETTINGS } from '@waystation/configuration';
import { Identities } from '@waystation/identity';
import type { Logger } from '@waystation/observability';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccessLog } from '../access/access-log.js';
import { RecordAccess } from '../access/record-access.interceptor.js';
import type { Platform } from './platform.js';

/** Injection token of the {@link Platform}. */
export const PLATFORM = Symbol('PLATFORM');
/** Injection token of the object store, which is a port and so has no class. */
export const OBJECT_STORE = Symbol('OBJECT_STORE');
/** Injection token of the logger. */
export const LOGGER = Symbol('LOGGER');

/** Gives what a service stands on to every Nest module of it. */
@Module({})
export class PlatformModule {
  static forRoot(platform: Platform): DynamicModule {
    const providers: Provider[] = [
      { provide: PLATFORM, useValue: platform },
      { provide: SETTINGS, useValue: platform.settings },
      { provide: EventLog, useValue: platform.log },
      { provide: CommandHandler, useValue: platform.commands },
      { provide: OBJECT_STORE, useValue: platform.objects },
      { provide: LOGGER, useValue: platform.logger },
      ...(platform.identities === undefined ? [] : [{ provide: Identities, useValue: platform.identities }]),
      {
        provide: AccessLog,
        inject: [EventLog, LOGGER],
        useFactory: (log: EventLog, logger: Logger) => new AccessLog(log, logger),
      },
    ];
    const interceptor = { provide: APP_INTERCEPTOR, useClass: RecordAccess };
    return { module: PlatformModule, global: true, providers: [...providers, interceptor], exports: providers };
  }
}
