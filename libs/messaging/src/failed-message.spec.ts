import { CodedError } from '@waystation/kernel';
import type { ConsumeMessage } from 'amqplib';
import { describe, expect, it } from 'vitest';
import { deadMessage, failedMessage } from './failed-message.js';

const message = (headers: Record<string, unknown>): ConsumeMessage => ({
  content: Buffer.from('news'),
  fields: { deliveryTag: 1, redelivered: false, exchange: '', routingKey: 'consumer', consumerTag: 'tag' },
  properties: {
    headers,
    contentType: 'application/cloudevents+json',
    type: 'series.completed.v1',
    messageId: '42',
    timestamp: 1,
    contentEncoding: undefined,
    deliveryMode: 2,
    priority: undefined,
    correlationId: undefined,
    replyTo: undefined,
    expiration: undefined,
    userId: undefined,
    appId: undefined,
    clusterId: undefined,
  },
});
const error = new CodedError('routing.no-rules', 'there are no rules');
const ladder = [100, 200];

describe('a message whose handling failed', () => {
  it('climbs the ladder and is dead behind the last rung', () => {
    const after = (attempt: number) => failedMessage('consumer', message({ 'x-attempt': attempt }), error, ladder);
    expect(failedMessage('consumer', message({}), error, ladder)).toMatchObject({
      exchange: '',
      routingKey: 'consumer.retry.100',
      options: { headers: { 'x-attempt': 1 } },
    });
    expect(after(1)).toMatchObject({ routingKey: 'consumer.retry.200', options: { headers: { 'x-attempt': 2 } } });
    expect(after(2)).toMatchObject({ exchange: 'waystation.dead', routingKey: 'consumer' });
  });

  it('stays on its rung while what everybody needs is away, also on the last', () => {
    const away = new CodedError('object-store.unavailable', 'S3 does not answer');
    for (const [attempt, rung] of [
      [0, 100],
      [1, 200],
      [2, 200],
    ] as const)
      expect(failedMessage('consumer', message({ 'x-attempt': attempt }), away, ladder)).toMatchObject({
        routingKey: `consumer.retry.${rung}`,
        options: { headers: { 'x-attempt': attempt } },
      });
  });

  it('says what was wrong', () => {
    expect(deadMessage('consumer', message({}), error).options.headers).toMatchObject({
      'x-error': { code: 'routing.no-rules', message: 'there are no rules' },
    });
    expect(deadMessage('consumer', message({}), 'text').options.headers).toMatchObject({
      'x-error': { code: 'unexpected', message: 'text' },
    });
  });

  it('stays the same message, without what the broker wrote on the old one', () => {
    const headers = {
      cloudEvents_id: '42',
      'x-death': [{ count: 1 }],
      'x-delivery-count': 3,
      'x-first-death-queue': 'q',
    };
    const { content, options } = failedMessage('consumer', message(headers), error, ladder);
    expect(content.toString()).toBe('news');
    expect(options).toMatchObject({ persistent: true, mandatory: true, messageId: '42', type: 'series.completed.v1' });
    expect(Object.keys(options.headers as object).sort()).toEqual(['cloudEvents_id', 'x-attempt', 'x-error']);
  });

  it('cannot outgrow the frame of its headers', () => {
    const { options } = failedMessage('consumer', message({}), new Error('x'.repeat(1_000_000)), ladder);
    expect(JSON.stringify(options.headers).length).toBeLessThan(2_000);
  });
});
