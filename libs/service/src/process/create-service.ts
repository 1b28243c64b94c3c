import { createTransport, MessagingModule } from '@waystation/messaging';
import { CodedError, messageOf } from '@waystation/kernel';
import { Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HealthController } from '../http/health.controller.js';
import { HttpErrorFilter } from '../http/http-error.filter.js';
import { describeApi } from '../http/open-api.js';
import { MetricsController } from '../http/metrics.controller.js';
import { refuseForeignPages } from '../http/refuse-foreign-pages.js';
import { refuseNul } from '../http/refuse-nul.js';
import { TokenGuard } from '../http/token.guard.js';
import { nestLogger } from './nest-logger.js';
import type { Platform } from './platform.js';
import { PlatformModule } from './platform.module.js';
import { recordRun } from './record-run.js';

/** Bytes. The longest body is a configuration: thousands of rules. */
const LONGEST_BODY = 4 * 1024 * 1024;

/** A service that listens; `close` drains it. */
export interface RunningService {
  readonly app: INestApplication;
  /** Where HTTP listens. */
  readonly httpUrl: string;
  /** Takes nothing new, finishes what is under way, then lets go. */
  close(): Promise<void>;
}

/**
 * Wires modules to their platform and starts them: first what they consist of, then the bus, then HTTP.
 * @throws CodedError `http.port-taken` and whatever a module throws when it starts
 */
export const createService = async (platform: Platform, modules: readonly Type[]): Promise<RunningService> => {
  const app = await NestFactory.create<NestExpressApplication>(rootOf(platform, modules), {
    logger: nestLogger(platform.logger),
    abortOnError: false,
    forceCloseConnections: true,
  });
  prepareHttp(app, platform);
  const { log, logger, service, settings } = platform;
  const strategy = createTransport({ bus: settings.bus, name: service, log, logger });
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  try {
    await app.init();
    await app.startAllMicroservices();
    await listen(app, platform);
  } catch (error) {
    await app.close().catch((failure: unknown) => logger.warn(`closing failed: ${messageOf(failure)}`));
    throw error;
  }
  const recordEnd = await recordRun(platform);
  const close = async (): Promise<void> => {
    await recordEnd();
    await app.close();
  };
  return { app, httpUrl: await app.getUrl(), close };
};

const rootOf = (platform: Platform, modules: readonly Type[]): Type => {
  const { log, logger, service, settings, source } = platform;
  const messaging = MessagingModule.register({
    inject: [],
    useFactory: () => ({ bus: settings.bus, name: service, source, log, logger }),
  });
  @Module({
    imports: [PlatformModule.forRoot(platform), messaging, ...modules],
    controllers: [HealthController, MetricsController],
  })
  class Service {}
  return Service;
};

const prepareHttp = (app: NestExpressApplication, platform: Platform): void => {
  const { http } = platform.settings;
  app.disable('x-powered-by');
  app.use(refuseForeignPages(http.apiToken === undefined));
  app.use(refuseNul);
  app.useBodyParser('json', { limit: LONGEST_BODY });
  app.useGlobalGuards(new TokenGuard(http.apiToken));
  app.useGlobalFilters(new HttpErrorFilter((error) => platform.logger.error(messageOf(error))));
  describeApi(app);
};

const listen = async (app: INestApplication, { settings }: Platform): Promise<void> => {
  const { host, port } = settings.http;
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const message = `HTTP cannot listen on ${host}:${port}: the port is taken; choose another with WAYSTATION_HTTP_PORT`;
    throw new CodedError('http.port-taken', message, { cause: error });
  }
};
