import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { findById } from '../search/find-streams.js';
import { TellHistory } from './tell-history.js';

describe('The history of a study', () => {
  let audited: AuditedLog;
  let writer: HistoryWriter;
  let history: TellHistory;
  let pacs = '';

  beforeAll(async () => {
    audited = await auditedLog();
    writer = new HistoryWriter(audited.log);
    history = new TellHistory(audited.log, audited.project, audited.views, audited.identities, '/log/spec/1');
    await writer.publish();
    await writer.publish({ ...exampleDocument, rules: exampleDocument.rules.slice(1) }, 'never used');
    await writer.publish(exampleDocument, 'again');
    await writer.openAssociation('mine');
    await writer.openAssociation('theirs');
    for (const series of [1, 2]) await writer.receive(0, series, 1, { association: 'mine' });
    await writer.receive(5, 3, 1, { association: 'theirs' });
    for (const series of [1, 2]) await writer.addToStudy(0, series);
    await writer.addToStudy(5, 3);
    for (const series of [1, 2, 3]) await writer.complete(series);
    for (const series of [1, 2, 3]) {
      const [first = ''] = await writer.route(series, 1);
      if (series === 1) pacs = first;
    }
    await writer.attempt(pacs, 'failure');
    await writer.attempt(pacs, 'success');
  });
  afterAll(() => audited[Symbol.asyncDispose]());

  it('is told across its streams, in causal order, with the configuration that decided and no other', async () => {
    const entries = await history.ofStudy(writer.uid(0));
    const positions = entries.map(({ id }) => Number(id));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    for (const { id, causationid } of entries)
      if (causationid !== undefined) {
        expect(positions).toContain(Number(causationid));
        expect(Number(causationid)).toBeLessThan(Number(id));
      }
    const subjects = new Set(entries.map(({ subject }) => subject));
    expect(subjects).toContain(`delivery/${pacs}`);
    expect([...subjects].filter((subject) => !subject.startsWith('delivery/')).toSorted()).toEqual(
      [
        'association/mine',
        'configuration',
        `series/${writer.uid(1)}`,
        `series/${writer.uid(2)}`,
        `study/${writer.uid(0)}`,
      ].toSorted(),
    );
    // Version 1 attempted the deliveries of the writer, version 3 decided.
    const versions = entries.filter(({ subject }) => subject === 'configuration').map(({ data }) => data);
    expect(versions).toMatchObject([{ version: 1 }, { version: 3, reason: 'again' }]);
    expect(entries.filter(({ type }) => type === 'series.routed.v1')).toHaveLength(2);
    expect(entries.filter(({ type }) => type === 'delivery.failed.v1')).toHaveLength(1);
  });

  it('holds the whole history of each of its series', async () => {
    const study = new Set((await history.ofStudy(writer.uid(0))).map(({ id }) => id));
    const series = await history.ofSeries(writer.uid(1));
    expect(series.length).toBeGreaterThan(8);
    for (const { id } of series) expect(study).toContain(id);
  });

  it('is refused for a study that never came', async () => {
    await expect(history.ofStudy('1.2.3')).rejects.toMatchObject({ code: 'audit.unknown-study' });
  });

  it.each([
    [() => writer.uid(0), 'study'],
    [() => writer.uid(1), 'series'],
    [() => pacs, 'delivery'],
    [() => 'mine', 'association'],
  ])('is found by an id alone, as other streams are', async (id, category) => {
    expect(await findById(audited.log, id())).toMatchObject([{ stream: `${category}/${id()}` }]);
  });

  it('is found by nothing but its id', async () => {
    expect(await findById(audited.log, '1.2.3')).toEqual([]);
  });
});
