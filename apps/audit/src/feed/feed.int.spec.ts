import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AssociationReleased, streamName, type CloudEvent } from '@waystation/events';
import { EventStream, type StreamedEvent } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { HistoryWriter } from '../../test/write-history.js';

let audit: AuditService;
let history: HistoryWriter;
beforeAll(async () => {
  audit = await auditService();
  history = new HistoryWriter(audit.platform.log);
  await history.publish();
  for (const study of [1, 2]) {
    for (const number of [1, 2, 3]) await history.receive(study, study, number);
    await history.addToStudy(study, study);
    const revision = await history.complete(study);
    const [delivery = ''] = await history.route(study, revision ?? 0);
    await history.attempt(delivery, 'success');
  }
});
afterAll(() => audit[Symbol.asyncDispose]());

const released = (stored: number) =>
  AssociationReleased.of({ stored, duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 0, durationMs: 1 });
const append = (id: string, stored: number) =>
  audit.platform.log.append({
    time: new Date().toISOString(),
    metadata: {},
    parts: [{ stream: streamName.association(id), expected: 'any', events: [released(stored)] }],
  });

interface Page {
  readonly events: readonly CloudEvent[];
  readonly next: number;
}
const page = async (query: string, url = audit.url): Promise<Page> => {
  const response = await fetch(`${url}/api/events?${query}`);
  expect(response.headers.get('content-type')).toMatch(/^application\/cloudevents-batch\+json/);
  const next = Number(response.headers.get('waystation-next'));
  expect(response.headers.get('link')).toContain(`after=${next}`);
  return { events: (await response.json()) as CloudEvent[], next };
};
/** Pages until there is nothing more. */
const allPages = async (query: string, limit: number): Promise<readonly CloudEvent[]> => {
  const events: CloudEvent[] = [];
  for (let after = 0; ;) {
    const { events: some, next } = await page(`${query}&limit=${limit}&after=${after}`);
    events.push(...some);
    if (next === after) return events;
    after = next;
  }
};
const positions = (events: readonly { readonly id: string }[]): readonly number[] => events.map(({ id }) => Number(id));
const upTo = (head: number): readonly number[] => Array.from({ length: head }, (_, index) => index + 1);
const stream = (query = '', headers = {}) => EventStream.open(`${audit.url}/api/events/stream?${query}`, headers);
const cloudEvents = (events: readonly StreamedEvent[]) => events.map(({ data }) => JSON.parse(data) as CloudEvent);

describe('A page of the feed', () => {
  it('is a CloudEvents batch that begins behind a position', async () => {
    const { events, next } = await page('after=2&limit=3');
    expect(positions(events)).toEqual([3, 4, 5]);
    expect(next).toBe(5);
    expect(events[0]).toMatchObject({ specversion: '1.0', source: '/log/main/1', datacontenttype: 'application/json' });
  });

  it('follows the page before without a gap, until the log ends', async () => {
    const events = await allPages('', 4);
    const { position } = await audit.platform.log.head();
    expect(positions(events)).toEqual(upTo(position));
    expect((await page('after=head')).events).toEqual([]);
  });

  it.each([
    ['type=series.completed', ['series.completed.v1', 'series.completed.v1']],
    ['type=series.completed.v1,series.routed', expect.arrayContaining(['series.completed.v1', 'series.routed.v1'])],
    ['type=study.*&type=configuration.*', expect.arrayContaining(['study.opened.v1', 'configuration.published.v1'])],
    ['stream=configuration', ['configuration.published.v1']],
    ['stream=study/*&type=study.opened', ['study.opened.v1', 'study.opened.v1']],
  ])('has only what is asked for: %s', async (query, types) => {
    expect((await allPages(query, 2)).map(({ type }) => type)).toEqual(types);
  });

  it('has a study with its series and deliveries, and nothing of another', async () => {
    const events = await allPages(`study=${history.uid(1)}`, 3);
    const all = await allPages('', 1000);
    const own = all.filter(({ subject, data }) => {
      const { seriesInstanceUid } = (all.find(({ subject: other }) => other === subject)?.data ?? data) as {
        seriesInstanceUid?: string;
      };
      const [category] = subject.split('/');
      return category === 'study' ? subject === `study/${history.uid(1)}` : seriesInstanceUid === history.uid(1);
    });
    expect(own.length).toBeGreaterThan(8);
    expect(positions(events)).toEqual(positions(own));
  });

  it('has one stream by its name, wherever in the log it is', async () => {
    const subject = `series/${history.uid(2)}`;
    const events = await allPages(`stream=${subject}`, 2);
    expect(new Set(events.map((event) => event.subject))).toEqual(new Set([subject]));
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(upTo(events.length));
  });

  it.each([
    ['after=-1', 400, 'request.invalid'],
    ['after=999999', 404, 'feed.unknown-position'],
    ['limit=0', 400, 'request.invalid'],
    ['type=**', 400, 'request.invalid'],
    ['study=Doe', 400, 'request.invalid'],
  ])('is refused with %s', async (query, status, code) => {
    const response = await fetch(`${audit.url}/api/events?${query}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });
});

describe('The stream of events', () => {
  it('brings what there is and then what is appended, each with its position', async () => {
    await using events = await stream();
    const { position } = await audit.platform.log.head();
    expect(positions(await events.take(position))).toEqual(upTo(position));
    await append('live', 1);
    const [next] = cloudEvents(await events.take(1));
    expect(next).toMatchObject({ type: expect.any(String), specversion: '1.0' });
    expect(events.response.headers.get('content-type')).toBe('text/event-stream');
  });

  it('goes on behind the last position that was seen', async () => {
    const first = await stream('type=series.*');
    const seen = positions(await first.take(3));
    await first[Symbol.asyncDispose]();
    await using second = await stream('type=series.*', { 'last-event-id': first.lastEventId });
    const all = positions(await allPages('type=series.*', 100));
    expect([...seen, ...positions(await second.take(all.length - 3))]).toEqual(all);
  });

  it('has neither a gap nor a double while several append and readers come and go', async () => {
    const { position: after } = await audit.platform.log.head();
    const writers = Promise.all(
      ['a', 'b', 'c'].map(async (writer) => {
        for (let number = 1; number <= 120; number++) await append(`race-${writer}-${number % 7}`, number);
      }),
    );
    const follow = async (breakEvery: number): Promise<readonly number[]> => {
      const seen: number[] = [];
      for (let last = String(after); seen.length < 360;) {
        const events = await stream('stream=association/race-*', { 'last-event-id': last });
        seen.push(...positions(await events.take(Math.min(breakEvery, 360 - seen.length))));
        last = events.lastEventId;
        await events[Symbol.asyncDispose]();
      }
      return seen;
    };
    const followed = await Promise.all([follow(360), follow(50), follow(7)]);
    await writers;
    const own = positions(await allPages('stream=association/race-*', 1000));
    expect(own).toHaveLength(360);
    for (const seen of followed) expect(seen).toEqual(own);
  });

  it('hears of a study that begins later', async () => {
    await using events = await stream(`study=${history.uid(7)}`);
    await history.receive(7, 7, 1);
    await history.receive(8, 8, 1);
    await history.addToStudy(7, 7);
    const types = cloudEvents(await events.take(4)).map(({ type }) => type);
    expect(types).toEqual(['series.opened.v1', 'instance.stored.v1', 'study.opened.v1', 'study.series-added.v1']);
  });

  it.each([
    ['a position that the log has not reached', '999999', 404],
    ['no position', 'yesterday', 400],
  ])('is refused to who has seen %s', async (_what, last, status) => {
    const response = await fetch(`${audit.url}/api/events/stream`, { headers: { 'last-event-id': last } });
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  it('reads no further for somebody who does not read', async () => {
    const text = 'x'.repeat(20_000);
    for (let number = 0; number < 60; number++)
      await audit.platform.log.append({
        time: new Date().toISOString(),
        metadata: {},
        parts: Array.from({ length: 50 }, () => ({
          stream: 'association/heavy',
          expected: 'any' as const,
          events: [{ type: 'note.taken.v1', data: { text } }],
        })),
      });
    const read = vi.spyOn(audit.platform.log, 'readStream');
    const address = new URL(audit.url);
    const socket = connect(Number(address.port), address.hostname);
    socket.write(`GET /api/events/stream?stream=association/heavy HTTP/1.1\r\nHost: ${address.host}\r\n\r\n`);
    socket.pause();
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    let calls = -1;
    while (calls !== read.mock.calls.length) {
      calls = read.mock.calls.length;
      await delay(500);
    }
    // 3000 events in windows of 64 would be 47 readings.
    expect(calls).toBeLessThan(30);
    await append('others', 1);
    await using other = await stream('stream=association/others');
    expect(await other.take(1)).toHaveLength(1);
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    socket.resume();
    await vi.waitFor(() => expect(bytes).toBeGreaterThan(3000 * text.length), { timeout: 30_000 });
    socket.destroy();
    read.mockRestore();
  });

  it('is written down once, however often somebody comes back', async () => {
    const headers = { 'waystation-reader': 'ris' };
    for (let times = 0; times < 3; times++) {
      await using events = await stream('type=delivery.*', headers);
      await events.take(1);
    }
    const day = new Date().toISOString().slice(0, 10);
    const followed = (await audit.platform.log.readStream(streamName.access(day))).filter(
      ({ metadata }) => metadata.actor?.name === 'ris',
    );
    expect(followed).toMatchObject([
      { type: 'feed.followed.v1', data: { types: ['delivery.*'], live: true }, metadata: { actor: { kind: 'peer' } } },
    ]);
  });
});

it('ends between two events when the service stops, and goes on elsewhere', async () => {
  const { running } = await audit.another();
  const events = await EventStream.open(`${running.httpUrl}/api/events/stream?after=head&stream=association/*`);
  await append('before', 1);
  await events.take(1);
  await running.close();
  expect(await events.take(1)).toEqual([]);
  await append('after', 1);
  await using again = await stream('stream=association/*', { 'last-event-id': events.lastEventId });
  expect(cloudEvents(await again.take(1))).toMatchObject([{ subject: 'association/after' }]);
});
