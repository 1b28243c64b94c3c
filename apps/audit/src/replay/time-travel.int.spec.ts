import { replayStream } from '@waystation/domain';
import { categoryOf } from '@waystation/events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { randomHistory } from '../../test/random-history.js';
import { showIdentities } from '../tell-history/show-identities.js';
import { TimeTravel } from './time-travel.js';

describe('Time travel', () => {
  let audited: AuditedLog;
  let travel: TimeTravel;

  beforeAll(async () => {
    audited = await auditedLog();
    travel = new TimeTravel(audited.log, audited.identities);
    const writer = new HistoryWriter(audited.log);
    await writer.openAssociation('a');
    await writer.publish();
    for (let number = 1; number <= 1200; number++) await writer.receive(0, 1, number, { association: 'a' });
    await writer.addToStudy(0, 1);
    await writer.publish({ ...exampleDocument, rules: [] }, 'nothing goes anywhere');
    await writer.complete(1);
  });
  afterAll(() => audited[Symbol.asyncDispose]());

  it('shows what was in force, and what a study, an association and a series were', async () => {
    const uid = new HistoryWriter(audited.log).uid;
    const [first] = (await audited.log.readStream('configuration')).map(({ position }) => String(position));
    expect(await travel.state('configuration', first)).toMatchObject({ state: { version: 1 }, events: 1, later: 1 });
    expect(await travel.state('configuration')).toMatchObject({ state: { version: 2, document: { rules: [] } } });
    expect(await travel.state('configuration', '1')).toMatchObject({ state: { version: 0 }, events: 0, later: 2 });
    expect(await travel.state(`study/${uid(0)}`)).toMatchObject({
      state: { status: 'open', series: [{ seriesInstanceUid: uid(1) }] },
    });
    expect(await travel.state('association/a', '1')).toMatchObject({
      state: { status: 'open', callingAeTitle: 'CT1' },
    });
    const series = await travel.state(`series/${uid(1)}`, '600');
    expect(series).toMatchObject({ position: 600, state: { status: 'receiving' } });
    expect(series.events + series.later).toBe(1202);
    expect(Object.keys((series.state as { instances: object }).instances)).toHaveLength(series.events - 1);
  });

  it('goes to an instant, and to a time before the first event', async () => {
    const { recordedtime } = await audited.log.read(700);
    const past = await travel.state(`series/${new HistoryWriter(audited.log).uid(1)}`, recordedtime);
    expect(past.position).toBeGreaterThanOrEqual(700);
    expect(past.recordedtime).toBe(recordedtime);
    expect(await travel.state('configuration', '2000-01-01')).toEqual({
      stream: 'configuration',
      position: 0,
      recordedtime: undefined,
      events: 0,
      later: 2,
      state: expect.objectContaining({ version: 0 }),
    });
  });

  it.each(['yesterday', '-5', '2026-01-31T12:00:00', '2026-13-01', '1e3', ' 5'])('does not guess at %j', async (at) => {
    await expect(travel.state('configuration', at)).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('names a stream that there is not', async () => {
    await expect(travel.state('series/1.2.3')).rejects.toMatchObject({ code: 'audit.unknown-stream' });
  });
});

describe('Whatever happened', () => {
  let audited: AuditedLog;
  beforeAll(async () => {
    audited = await auditedLog();
  });
  afterAll(() => audited[Symbol.asyncDispose]());

  it('the state of a stream at a position is the fold of what the log holds of it up to there', async () => {
    const travel = new TimeTravel(audited.log, audited.identities);
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), async (history, places) => {
        await history.write(new HistoryWriter(audited.log));
        const all = await audited.log.readAll({ after: 0, limit: 100_000 });
        const streams = [...new Set(all.map(({ stream }) => stream))];
        for (const place of places) {
          const position = place % (all.length + 1);
          const stream = streams[place % streams.length] ?? '';
          const prefix = all.slice(0, position).filter((event) => event.stream === stream);
          const past = await travel.state(stream, String(position));
          expect(past).toMatchObject({ position, events: prefix.length });
          expect(past.state).toEqual(await showIdentities(audited.identities, replayStream(stream, prefix)));
        }
        expect(new Set(streams.map(categoryOf))).toContain('series');
      }),
      { numRuns: 15 },
    );
  });
});
