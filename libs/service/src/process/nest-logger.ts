import type { Logger } from '@waystation/observability';
import type { LoggerService } from '@nestjs/common';

/** What Nest says about its own wiring interests whoever debugs it, nobody else; its warnings and errors do. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: string) => logger.debug(message, context),
  warn: (message: unknown, context?: string) => logger.warn(message, context),
  error: (message: unknown, ...rest: string[]) => logger.error(message, ...rest),
  debug: (message: unknown, context?: string) => logger.debug(message, context),
});
