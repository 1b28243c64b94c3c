import { streamName, type RecordedEvent } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { HistoryWriter } from '../../test/write-history.js';

const wait = { timeout: 20_000, interval: 50 };
let audit: AuditService;
let history: HistoryWriter;
beforeAll(async () => {
  audit = await auditService({ WAYSTATION_HTTP_USER_HEADER: 'x-forwarded-user' });
  history = new HistoryWriter(audit.platform.log);
  await history.publish();
  await history.receive(1, 1, 1);
});
afterAll(() => audit[Symbol.asyncDispose]());

const readingsBy = async (name: string): Promise<readonly RecordedEvent[]> => {
  const today = new Date().toISOString().slice(0, 10);
  const events = await audit.platform.log.readStream(streamName.access(today));
  return events.filter(({ metadata }) => metadata.actor?.name === name);
};
const read = async (path: string, user: string): Promise<number> => {
  const response = await fetch(`${audit.url}${path}`, { headers: { 'x-forwarded-user': user } });
  await response.arrayBuffer();
  return response.status;
};

describe('Whoever reads history', () => {
  it('is written down: who, from where, what', async () => {
    await read(`/api/series/${history.uid(1)}/history`, 'huber');
    await vi.waitFor(async () => expect(await readingsBy('huber')).toHaveLength(1), wait);
    expect(await readingsBy('huber')).toMatchObject([
      {
        type: 'history.viewed.v1',
        data: { view: 'GET /api/series/:seriesInstanceUid/history', subject: `series/${history.uid(1)}`, times: 1 },
        metadata: { actor: { kind: 'user', name: 'huber', address: '127.0.0.1' } },
      },
    ]);
  });

  it('is written down once a minute, with the number of times', async () => {
    await using other = await auditService({ WAYSTATION_HTTP_USER_HEADER: 'x-forwarded-user' });
    const times = 20;
    for (let time = 0; time < times; time++)
      await fetch(`${other.url}/api/series`, { headers: { 'x-forwarded-user': 'page' } });
    await other.stop();
    const today = new Date().toISOString().slice(0, 10);
    const events = await other.platform.log.readStream(streamName.access(today)).catch(() => []);
    const readings = events.map(({ data }) => (data as { times: number }).times);
    expect(readings.length).toBeLessThanOrEqual(2);
    expect(readings.reduce((sum, some) => sum + some, 0)).toBe(times);
  });

  it('is not written down for what is not shown', async () => {
    expect(await read('/api/series/1.2.3/history', 'curious')).toBe(404);
    expect(await read('/api/queues', 'curious')).toBe(200);
    expect(await read('/health/live', 'curious')).toBe(200);
    await read('/api/series', 'witness');
    await vi.waitFor(async () => expect(await readingsBy('witness')).toHaveLength(1), wait);
    expect(await readingsBy('curious')).toEqual([]);
  });

  it('causes no end of readings by reading about readings', async () => {
    const path = `/api/streams/access/${new Date().toISOString().slice(0, 10)}/history`;
    expect(await read(path, 'auditor')).toBe(200);
    await vi.waitFor(async () => expect(await readingsBy('auditor')).toHaveLength(1), wait);
    const { position } = await audit.platform.log.head();
    await read('/api/queues', 'auditor');
    await read('/api/series', 'last');
    await vi.waitFor(async () => expect(await readingsBy('last')).toHaveLength(1), wait);
    expect((await audit.platform.log.head()).position).toBe(position + 1);
  });
});
