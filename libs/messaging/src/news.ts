import { toNews, type CloudEvent, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { Options } from 'amqplib';
import { z } from 'zod';

/** What a message says: that there is an event, and where in the log it is. */
export interface News {
  readonly position: number;
  readonly type: string;
  /** The stream of the event. */
  readonly subject: string;
}

const NewsBody = z.object({
  specversion: z.literal('1.0'),
  id: z.string().regex(/^[1-9]\d{0,15}$/),
  type: z.string(),
  subject: z.string(),
});

/**
 * The message that tells of an event: a CloudEvent in structured mode without `data`, its attributes repeated as
 * headers for people who look at queues. `mandatory`, so that a message without a queue is noticed.
 */
export const encodeNews = (event: RecordedEvent, source: string): { content: Buffer; options: Options.Publish } => {
  const news = toNews(event, source);
  return {
    content: Buffer.from(JSON.stringify(news)),
    options: {
      persistent: true,
      mandatory: true,
      contentType: 'application/cloudevents+json',
      type: event.type,
      messageId: news.id,
      // AMQP 0-9-1 counts seconds.
      timestamp: Math.floor(Date.parse(event.recordedtime) / 1000),
      headers: headersOf(news),
    },
  };
};

const headersOf = (news: CloudEvent): Record<string, string> =>
  Object.fromEntries(Object.entries(news).map(([name, value]) => [`cloudEvents_${name}`, String(value)]));

/** Reads a message. Throws `messaging.bad-news` for anything that {@link encodeNews} does not write. */
export const decodeNews = (content: Buffer): News => {
  try {
    const { id, type, subject } = NewsBody.parse(JSON.parse(content.toString('utf8')));
    return { position: Number(id), type, subject };
  } catch (cause) {
    throw new CodedError('messaging.bad-news', `a message of ${content.length} bytes is not an event of the log`, {
      cause,
    });
  }
};
