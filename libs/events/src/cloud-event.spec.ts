import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toCloudEvent, toNews, type CloudEvent } from './cloud-event.js';
import type { Actor, RecordedEvent } from './recorded-event.js';

const event: RecordedEvent = {
  type: 'series.opened.v1',
  data: { identity: { scheme: 'sealed', key: 'k', iv: 'i', ciphertext: 'c', tag: 't' } },
  position: 12,
  stream: 'series/1.2.3',
  sequence: 1,
  time: '2026-01-01T00:00:00.000Z',
  recordedtime: '2026-01-01T00:00:00.004Z',
  metadata: {
    correlationid: 'association/1',
    causationid: 11,
    actor: { kind: 'peer', name: 'CT1', address: '10.0.0.7' },
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  },
};

describe('toCloudEvent', () => {
  it('says everything in the words of CloudEvents, numbers as text', () => {
    expect(toCloudEvent(event, '/log/main/1')).toEqual({
      specversion: '1.0',
      id: '12',
      source: '/log/main/1',
      type: 'series.opened.v1',
      subject: 'series/1.2.3',
      time: '2026-01-01T00:00:00.000Z',
      sequence: '1',
      recordedtime: '2026-01-01T00:00:00.004Z',
      correlationid: 'association/1',
      causationid: '11',
      authtype: 'unauthenticated',
      authid: 'CT1',
      authaddress: '10.0.0.7',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      datacontenttype: 'application/json',
      data: event.data,
    });
  });

  it.each<[Actor, CloudEvent['authtype']]>([
    [{ kind: 'peer', name: 'CT1' }, 'unauthenticated'],
    [{ kind: 'user', name: 'r.huber' }, 'user'],
    [{ kind: 'service', name: 'dispatch' }, 'service_account'],
  ])('says of %j what CloudEvents calls it, without an address that nobody knows', (actor, authtype) => {
    const told = toCloudEvent({ ...event, metadata: { actor } }, '/log/main/1');
    expect(told).toMatchObject({ authtype, authid: actor.name });
    expect(told).not.toHaveProperty('authaddress');
  });

  it('leaves out what is not known instead of saying undefined', () => {
    expect(Object.keys(toCloudEvent({ ...event, metadata: {} }, '/log/main/1'))).toEqual([
      'specversion',
      'id',
      'source',
      'type',
      'subject',
      'time',
      'sequence',
      'recordedtime',
      'datacontenttype',
      'data',
    ]);
  });

  it('names its attributes as CloudEvents 1.0 demands: lower-case letters and digits, at most twenty', () => {
    for (const name of Object.keys(toCloudEvent(event, '/log/main/1'))) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });
});

describe('toNews', () => {
  it('is the same event without its data', () => {
    const { data: _data, datacontenttype: _type, ...others } = toCloudEvent(event, '/log/main/1');
    expect(toNews(event, '/log/main/1')).toEqual(others);
  });

  const folder = new URL('../samples/', import.meta.url);
  it.each(readdirSync(folder))('carries nothing that identifies a patient: %s', (file) => {
    const { data } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { data: unknown };
    const news = JSON.stringify(toNews({ ...event, data }, '/log/main/1'));
    expect(JSON.parse(news)).not.toHaveProperty('data');
    for (const value of identifyingValues(data)) expect(news).not.toContain(value);
  });

  it('finds something to hide in the samples', () => {
    const opened = JSON.parse(readFileSync(new URL('series.opened.v1.json', folder), 'utf8')) as { data: unknown };
    expect(identifyingValues(opened.data)).toHaveLength(1);
  });
});

const identifyingValues = (data: unknown): readonly string[] =>
  Object.entries((data as { identity?: Record<string, string> }).identity ?? {}).flatMap(([name, value]) =>
    name === 'ciphertext' ? [value] : [],
  );
