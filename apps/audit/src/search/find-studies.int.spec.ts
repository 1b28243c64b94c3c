import { studyDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { ConfigurationDocument, streamName } from '@waystation/events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { HistoryWriter } from '../../test/write-history.js';
import { FindStudies } from './find-studies.js';

const rule = 'Whole head';
const rules = [rule, 'Whole body'];
const document = ConfigurationDocument.parse({
  targets: [{ name: 'export', kind: 'folder', path: '/srv/export' }],
  rules: rules.map((name) => ({ name, condition: 'True', trigger: 'study', action: 'route', targets: ['export'] })),
});

let audited: AuditedLog;
let writer: HistoryWriter;
let studies: FindStudies;

/** A rule takes a series of a study. */
const match = async (study: number, series: number): Promise<void> => {
  const named = { seriesInstanceUid: writer.uid(series), seriesDescription: '' };
  await writer.commands.handle(studyDecider, streamName.study(writer.uid(study)), {
    kind: 'collect-series',
    studyInstanceUid: writer.uid(study),
    added: { ...named, modality: 'CT' },
    series: { ...named, revision: 1, seriesNumber: null },
    rules,
  });
};

beforeAll(async () => {
  audited = await auditedLog();
  writer = new HistoryWriter(audited.log);
  await writer.publish(document);
  studies = new FindStudies(audited.views, audited.log, new CommandHandler(audited.log, 'audit'));
  for (const [study, whole, coming] of [
    [1, 11, 12],
    [2, 21, 22],
  ] as const) {
    for (const series of [whole, coming]) {
      await writer.receive(study, series, 1);
      await writer.addToStudy(study, series);
    }
    await writer.complete(whole);
    await writer.route(whole, 1);
    await match(study, whole);
  }
  // Complete, and no rule was asked about it yet.
  await writer.complete(22);
  await audited.project.through((await audited.log.head()).position);
});
afterAll(() => audited[Symbol.asyncDispose]());

const question = { status: 'waiting', rule, limit: 50 } as const;

it('Studies that wait are listed with the series that hold them open', async () => {
  expect(await studies.find(question)).toMatchObject([
    { studyInstanceUid: writer.uid(2), rule, waiting: 1, pending: [writer.uid(22)], waitsFor: 'quiet for 900 s' },
    { studyInstanceUid: writer.uid(1), rule, waiting: 1, pending: [writer.uid(12)], waitsFor: 'quiet for 900 s' },
  ]);
});

it('A page ends with all lines of a study, so that none is lost behind it', async () => {
  const page = { status: 'waiting', limit: 1 } as const;
  const first = await studies.find(page);
  const second = await studies.find({ ...page, before: first.at(-1)?.position ?? 0 });
  const found = [...first, ...second].map((line) => [line.studyInstanceUid, line.rule]);
  expect(found).toEqual([2, 1].flatMap((study) => rules.toSorted().map((name) => [writer.uid(study), name])));
});

it('No series is read for that, however many objects they have', async () => {
  const read = vi.spyOn(audited.log, 'readStream');
  await studies.find(question);
  const streams = read.mock.calls.map(([stream]) => stream);
  read.mockRestore();
  expect(streams).toContain(streamName.study(writer.uid(1)));
  expect(streams.filter((stream) => stream.startsWith('series/'))).toEqual([]);
});
