import type { LoggerService } from '@nestjs/common';
import { messageOf } from '@waystation/kernel';
import type { LogFields } from './log-fields.js';
import { logLevels, type LogLevel } from './log-level.js';
import { formatLine } from './log-line.js';

export interface LoggerOptions {
  readonly format: keyof typeof formatLine;
  /** The least important lines that are written. */
  readonly level: LogLevel;
  /** Name of the service, on every line. */
  readonly service: string;
  /** Where lines go; standard output unless told otherwise. */
  readonly out?: { write(text: string): unknown };
}

/** What Nest puts behind a message: a stack and a context, either of them left out. */
interface Rest {
  readonly fields?: LogFields | undefined;
  readonly context?: string | undefined;
  readonly stack?: string | undefined;
}

const restOf = (parameters: readonly unknown[]): Rest => {
  const texts = parameters.filter((parameter) => typeof parameter === 'string');
  const stack = texts.find((text) => text.includes('\n    at '));
  const context = texts.findLast((text) => text !== stack);
  const fields = parameters.find((parameter) => typeof parameter === 'object' && parameter !== null);
  return { fields: fields ?? undefined, context, stack };
};

/** An error is its sentence, its code and its stack; of other objects nothing is known, so nothing is said. */
const saidBy = (message: unknown): { sentence: string } & Rest => {
  if (message instanceof Error) {
    const code = 'code' in message && typeof message.code === 'string' ? message.code : undefined;
    return { sentence: messageOf(message), stack: message.stack, ...(code === undefined ? {} : { fields: { code } }) };
  }
  const simple = ['string', 'number', 'boolean'].includes(typeof message);
  return { sentence: simple ? String(message) : '(an object that is not printed)' };
};

/**
 * Writes log lines. Used by Nest as its logger, and by our own code with a sentence and allow-listed fields:
 * `logger.warn('association rejected', { aeTitle, address })`. Objects are never printed wholesale.
 */
export class Logger implements LoggerService {
  private readonly threshold: number;

  constructor(private readonly options: LoggerOptions) {
    this.threshold = logLevels.indexOf(options.level);
  }

  log(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: readonly (LogFields | string | undefined)[]): void {
    this.write('debug', message, rest);
  }

  private write(level: LogLevel, message: unknown, parameters: readonly unknown[]): void {
    if (logLevels.indexOf(level) > this.threshold) return;
    const said = saidBy(message);
    const rest = restOf(parameters);
    const line = {
      time: new Date().toISOString(),
      level,
      service: this.options.service,
      context: rest.context,
      sentence: said.sentence,
      fields: { ...said.fields, ...rest.fields },
      stack: rest.stack ?? said.stack,
    };
    (this.options.out ?? process.stdout).write(formatLine[this.options.format](line));
  }
}

/** A logger for one service. */
export const createLogger = (options: LoggerOptions): Logger => new Logger(options);
