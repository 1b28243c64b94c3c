import fc from 'fast-check';
import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { createLogger, type Logger, type LoggerOptions } from './logger.js';

const written = (options: Partial<LoggerOptions>, write: (logger: Logger) => void): string => {
  let text = '';
  const out = { write: (line: string) => (text += line) };
  write(createLogger({ format: 'text', level: 'debug', service: 'ingest', out, ...options }));
  return text;
};
const text = (write: (logger: Logger) => void): string => written({}, write).replace(/^\S+ /, '');
const json = (write: (logger: Logger) => void): unknown => JSON.parse(written({ format: 'json' }, write));

const peerName = fc.string({ unit: fc.constantFrom('\n', '\r', '\0', '\x1b', '\x85', '\u2028', '"', '\\', 'ü', 'A') });

describe('a log line', () => {
  it('for people has time, level, service, sentence and fields', () => {
    const line = written({}, (logger) =>
      logger.warn('association rejected', { aeTitle: 'CT 1', address: '10.0.0.1', count: 3 }),
    );
    expect(line).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z warn {2}ingest association rejected count=3 address=10\.0\.0\.1 aeTitle="CT 1"\n$/,
    );
  });

  it('for machines is one JSON object', () => {
    expect(
      json((logger) => logger.warn('delivery failed; it will be tried again', { target: 'pacs', attempt: 2 })),
    ).toEqual({
      time: expect.any(String) as string,
      level: 'warn',
      service: 'ingest',
      sentence: 'delivery failed; it will be tried again',
      attempt: 2,
      target: 'pacs',
    });
  });

  it('has no field that is not on the list and no object, whatever the types were told', () => {
    const fields = {
      patientName: 'Doe^Jane',
      target: { name: 'Doe^Jane' },
      stream: ['Doe^Jane'],
      code: 'x',
    } as object;
    expect(text((logger) => logger.log('sent', fields))).toBe('info  ingest sent code=x\n');
    expect(json((logger) => logger.log('sent', fields))).not.toHaveProperty('patientName');
    expect(text((logger) => logger.log({ patientName: 'Doe^Jane' }))).not.toContain('Doe');
  });

  it('is one line, whatever a peer calls itself', () => {
    fc.assert(
      fc.property(peerName, fc.constantFrom('text' as const, 'json' as const), (name, format) => {
        const line = written({ format }, (logger) => logger.log(`from ${name}`, { aeTitle: name }));
        expect(line.indexOf('\n')).toBe(line.length - 1);
        // oxlint-disable-next-line no-control-regex -- these are what must not be there
        expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u2028\u2029]/);
      }),
    );
  });

  it('is written from its level on', () => {
    const all = (logger: Logger): void => {
      for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) logger[level](level);
    };
    const sentences = (level: LoggerOptions['level']): (string | undefined)[] =>
      written({ level }, all)
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ').at(-1));
    expect(sentences('error')).toEqual(['error', 'fatal']);
    expect(sentences('warn')).toEqual(['warn', 'error', 'fatal']);
    expect(sentences('info')).toEqual(['log', 'warn', 'error', 'fatal']);
    expect(sentences('debug')).toHaveLength(6);
  });
});

describe('what Nest logs', () => {
  it('has its context behind the service', () => {
    expect(text((logger) => logger.log('Nest application successfully started', 'NestApplication'))).toBe(
      'info  ingest/NestApplication Nest application successfully started\n',
    );
  });

  it('has the stack of an error, and its code', () => {
    const error = new CodedError('log.closed', 'the log is closed');
    const line = text((logger) => logger.error(error, undefined, 'ExceptionsHandler'));
    expect(line).toContain(
      'error ingest/ExceptionsHandler the log is closed code=log.closed\n    CodedError: the log is closed\n    at ',
    );
  });

  it('has a stack that was given as text', () => {
    const { stack } = new Error('cable');
    expect(json((logger) => logger.error('cable', stack, 'Somewhere'))).toMatchObject({ stack, context: 'Somewhere' });
  });
});
