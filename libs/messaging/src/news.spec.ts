import type { RecordedEvent } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNews, encodeNews } from './news.js';

const event: RecordedEvent = {
  type: 'series.completed.v1',
  data: { patient: 'Doe^Jane' },
  position: 42,
  stream: 'series/1.2.3',
  sequence: 7,
  time: '2026-01-31T12:00:00.000Z',
  recordedtime: '2026-01-31T12:00:01.900Z',
  metadata: { causationid: 41, actor: { kind: 'service', name: 'routing' } },
};

describe('the message about an event', () => {
  it('leads back to the event', () => {
    expect(decodeNews(encodeNews(event, '/log/main/1').content)).toEqual({
      position: 42,
      type: 'series.completed.v1',
      subject: 'series/1.2.3',
    });
  });

  it('carries none of its data', () => {
    const { content, options } = encodeNews(event, '/log/main/1');
    expect(content.toString() + JSON.stringify(options)).not.toContain('Doe');
  });

  it('repeats the attributes where people look who look at queues', () => {
    expect(encodeNews(event, '/log/main/1').options).toMatchObject({
      persistent: true,
      mandatory: true,
      type: 'series.completed.v1',
      messageId: '42',
      timestamp: 1769860801,
      headers: { cloudEvents_id: '42', cloudEvents_source: '/log/main/1', cloudEvents_causationid: '41' },
    });
  });

  it('is refused when it is anything else', () => {
    const garbage = fc.oneof(fc.uint8Array(), fc.json()).map((content) => Buffer.from(content));
    fc.assert(
      fc.property(garbage, (bytes) => {
        expect(() => decodeNews(bytes)).toThrow(/is not an event of the log/);
      }),
    );
  });

  it.each(['0', '-1', '1.5', '1e3', '99999999999999999', ''])('is refused with the position %j', (id) => {
    const body = { specversion: '1.0', id, type: 'a.v1', subject: 'series/1' };
    expect(() => decodeNews(Buffer.from(JSON.stringify(body)))).toThrow(/is not an event of the log/);
  });
});
