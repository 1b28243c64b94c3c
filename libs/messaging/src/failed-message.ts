import { messageOf } from '@waystation/kernel';
import type { ConsumeMessage } from 'amqplib';
import type { Publication } from './confirmed-publisher.js';
import { isOutage } from './is-outage.js';
import { deadExchange, retryQueue } from './topology.js';

/** Headers that the broker writes about its own dead-lettering; on a new message they would be lies. */
const brokerHeaders = /^x-(death|first-death-.*|last-death-.*|delivery-count|acquired-count|opt-.*)$/;
/** Headers share one frame of 128 KiB. */
const longestError = 1_000;

/** How many times the handling of this message has failed before. */
export const failuresOf = (message: ConsumeMessage): number => {
  const attempt: unknown = message.properties.headers?.['x-attempt'];
  return typeof attempt === 'number' && attempt > 0 ? attempt : 0;
};

/**
 * The same message once more, for the next rung of the ladder; from the last one it goes to the dead. An outage is no failure of it: it
 * rests as long, on the rung where it is.
 */
export const failedMessage = (
  consumer: string,
  message: ConsumeMessage,
  error: unknown,
  ladder: readonly number[],
): Publication => {
  const failures = failuresOf(message);
  const delayMs = isOutage(error) ? ladder[Math.min(failures, ladder.length - 1)] : ladder[failures];
  if (delayMs === undefined) return deadMessage(consumer, message, error);
  return { exchange: '', routingKey: retryQueue(consumer, delayMs), ...again(message, error) };
};

/** The same message once more, for an operator to look at. */
export const deadMessage = (consumer: string, message: ConsumeMessage, error: unknown): Publication => ({
  exchange: deadExchange,
  routingKey: consumer,
  ...again(message, error),
});

const again = (message: ConsumeMessage, error: unknown): Pick<Publication, 'content' | 'options'> => {
  const { contentType, type, messageId, timestamp, headers } = message.properties;
  const kept = Object.entries(headers ?? {}).filter(([name]) => !brokerHeaders.test(name));
  return {
    content: message.content,
    options: {
      persistent: true,
      mandatory: true,
      contentType,
      type,
      messageId,
      timestamp,
      headers: {
        ...Object.fromEntries(kept),
        'x-attempt': failuresOf(message) + (isOutage(error) ? 0 : 1),
        'x-error': describe(error),
      },
    },
  };
};

const describe = (error: unknown): { code: string; message: string } => ({
  code: error instanceof Error && 'code' in error ? String(error.code) : 'unexpected',
  message: messageOf(error).slice(0, longestError),
});
