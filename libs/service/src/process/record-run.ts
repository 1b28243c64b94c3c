import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceStarted, ServiceStopped, streamName, type NewEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Platform } from './platform.js';

/** A log that is away must not keep a process from ending. */
const PATIENCE_MS = 2_000;

/**
 * Writes down that this process works.
 * @returns writes down that it was told to end
 */
export const recordRun = async (
  platform: Pick<Platform, 'log' | 'service' | 'logger'>,
): Promise<() => Promise<void>> => {
  const itself = { host: hostname(), pid: process.pid };
  await record(platform, ServiceStarted.of(itself));
  return async () => {
    const patience = new AbortController();
    await Promise.race([
      record(platform, ServiceStopped.of(itself)),
      delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  };
};

const record = async ({ log, service, logger }: Pick<Platform, 'log' | 'service' | 'logger'>, event: NewEvent) => {
  const part = { stream: streamName.service(service), expected: 'any', events: [event] } as const;
  const metadata = { actor: { kind: 'service', name: service } } as const;
  await log
    .append({ time: new Date().toISOString(), metadata, parts: [part] })
    .catch((error: unknown) => logger.warn(`${event.type} could not be written down: ${messageOf(error)}`));
};
