import type { EventProof, Segment, SegmentDeed, VerifyReport } from '@waystation/event-log';
import { StudyOpened, streamName } from '@waystation/events';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditService, type AuditService } from '../../test/audit-service.js';

let service: AuditService;
beforeAll(async () => {
  service = await auditService({ WAYSTATION_SEGMENT_EVENTS: '100' });
  const { log } = service.platform;
  for (let study = 1; study <= 250; study++) {
    const studyInstanceUid = `1.2.3.${study}`;
    const events = [StudyOpened.of({ studyInstanceUid })];
    const parts = [{ stream: streamName.study(studyInstanceUid), expected: 0, events }];
    await log.append({ parts, time: log.clock.estimate(), metadata: {} });
  }
});
afterAll(() => service[Symbol.asyncDispose]());

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${service.url}/api/${path}`, init);
  return { status: response.status, text: await response.text() };
};
const lines = { headers: { accept: 'application/x-ndjson' } };
const archive = (body: object, { headers }: { readonly headers?: Readonly<Record<string, string>> } = {}) =>
  ask('log/archive?author=huber', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('The log over HTTP', () => {
  it('seals when a proof is asked for, and proves', async () => {
    const { status, text } = await ask('proofs/17');
    expect(status).toBe(200);
    const proof = JSON.parse(text) as EventProof;
    const { stream, data } = await service.platform.log.read(17);
    expect(proof.event).toMatchObject({ position: 17, stream, data: JSON.stringify(data) });
    expect(proof.seal.to).toBeGreaterThanOrEqual(250);
  });

  it.each([
    ['proofs/999999', 404, 'the log has no position 999999'],
    ['proofs/0', 400, ''],
    ['proofs/x', 400, ''],
    ['verify?from=x', 400, 'from: '],
    ['verify?key=AAAA', 400, 'key: the public key cannot be read'],
  ])('says what is wrong with %s', async (path, status, sentence) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect((JSON.parse(answer.text) as { message: string }).message).toContain(sentence);
  });

  it('verifies, and tells how far it is whoever accepts that', async () => {
    const whole = { ok: true, problems: [] };
    expect(JSON.parse((await ask('verify')).text) as VerifyReport).toMatchObject(whole);
    const part = JSON.parse((await ask('verify?from=11&to=20')).text) as VerifyReport;
    expect(part).toMatchObject({ ...whole, events: 10 });
    const told = (await ask('verify', lines)).text.trimEnd().split('\n');
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ progress: { position: expect.any(Number) as number } });
    expect(JSON.parse(told.at(-1) ?? '')).toMatchObject({ result: whole });
  });

  it('archives what somebody orders, tells what it did, and refuses what is no order', async () => {
    expect((await archive({})).status).toBe(400);
    expect((await archive({ before: 'yesterday' })).status).toBe(400);
    expect(JSON.parse((await archive({ before: '2020-01-01T00:00:00Z' })).text)).toEqual([]);
    const told = (await archive({ before: '2999-01-01T00:00:00Z', detach: true }, lines)).text.trimEnd().split('\n');
    const { result } = JSON.parse(told.at(-1) ?? '') as { result: readonly SegmentDeed[] };
    expect(result.map(({ from, done }) => [from, done])).toEqual([
      [1, 'archived'],
      [1, 'detached'],
      [101, 'archived'],
      [101, 'detached'],
    ]);
    const segments = JSON.parse((await ask('log/segments')).text) as readonly Segment[];
    expect(segments.map(({ state }) => state).slice(0, 3)).toEqual(['detached', 'detached', 'open']);
    expect(JSON.parse((await ask('verify')).text)).toMatchObject({ ok: true, archivedThrough: 200 });
    expect(await service.platform.log.readAll({ after: 90, limit: 20 })).toHaveLength(20);
  });

  it('says at the end of its lines what went wrong', async () => {
    const office = await service.platform.log.checkpoints.take('log-archive');
    const order = { before: '2999-01-01T00:00:00Z' };
    expect((await archive(order)).status).toBe(409);
    const { status, text } = await archive(order, lines);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ problem: { code: 'log.archiving-elsewhere' } });
    await office?.giveBack();
  });

  it('names what nobody can read any more, and goes on', async () => {
    const { objects, databaseUrl } = service.platform;
    const [first] = JSON.parse((await ask('log/segments')).text) as readonly Segment[];
    await objects.remove(first?.key ?? '');
    const report = JSON.parse((await ask('verify')).text) as VerifyReport;
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ position, code }) => [position, code])).toEqual([
      [1, 'log.archive-damaged'],
      [1, 'log.hole'],
    ]);
    const owner = new pg.Client(databaseUrl);
    await owner.connect();
    const { rowCount } = await owner.query('select from log.event_000000000000001');
    expect(rowCount).toBe(100);
    await owner.end();
  });
});
