import type { LoggerService } from '@nestjs/common';

/** What the bus says about itself; the logger of Nest is one. Never carries event data. */
export type BusLogger = Pick<LoggerService, 'log' | 'warn' | 'error'>;
