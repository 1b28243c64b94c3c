import { ConfigurationDocument, JobRequested } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries } from '../series/series-state.js';
import { jobByHand, type JobByHand } from './job-by-hand.js';

const { opened, stored, completed, routed, seriesInstanceUid } = exampleSeries;
const configuration = {
  version: 3,
  sha256: 'c0'.repeat(32),
  document: ConfigurationDocument.parse({
    modules: [{ kind: 'app', name: 'strict', app: 'anonymizer' }],
    targets: [{ kind: 'folder', name: 'research', path: '/srv/research' }],
  }),
};
const wanted: JobByHand = {
  job: 'abcd',
  module: 'strict',
  settings: { dates: 'removed' },
  targets: ['research'],
  reason: 'a new study',
};
const complete: readonly SeriesEvent[] = [opened(), stored(1), completed(1), routed(1), stored(2), completed(2)];
const seriesAfter = (history: readonly SeriesEvent[]): KnownSeries => {
  const { state } = given(seriesDecider, history);
  if (state.status === 'unknown') throw new Error('this history has no series');
  return state;
};
const asked = (history: readonly SeriesEvent[], changes: Partial<JobByHand> = {}) =>
  jobByHand([given(seriesDecider, history).state], { ...wanted, ...changes }, configuration);

describe('a job that somebody asks for', () => {
  it('is on all that the series had when it was last complete', () => {
    const { data } = asked([...complete, stored(3)]);
    expect(JobRequested.schema.safeParse(data).error).toBeUndefined();
    expect(data).toMatchObject({
      module: 'strict',
      app: 'anonymizer',
      settings: { dates: 'removed' },
      seriesInstanceUid,
      revision: 2,
      input: [{ revision: 2, instances: { afterSequence: 0, throughSequence: 6, count: 2 } }],
      plan: { steps: [], targets: ['research'] },
      reason: 'a new study',
    });
    expect(data).not.toHaveProperty('rule');
  });

  it('is about the study where it is on several of its series, or wanted so', () => {
    const state = seriesAfter(complete);
    const other = { ...state, seriesInstanceUid: '1.2.4' };
    const { data } = jobByHand([state, other], wanted, configuration);
    expect(JobRequested.schema.safeParse(data).error).toBeUndefined();
    expect(data).not.toHaveProperty('seriesInstanceUid');
    expect(data.input).toMatchObject([
      { seriesInstanceUid, revision: 2 },
      { seriesInstanceUid: '1.2.4', revision: 2 },
    ]);
    expect(asked(complete, { isOfStudy: true }).data).not.toHaveProperty('seriesInstanceUid');
  });

  it('is refused where the series are of several studies', () => {
    const state = seriesAfter(complete);
    expect(() => jobByHand([state, { ...state, studyInstanceUid: '1.2.5' }], wanted, configuration)).toThrow(
      expect.toSatisfy((error) => hasCode(error, 'job.several-studies')) as Error,
    );
  });

  it.each([
    ['of a series that nobody knows', 'job.unknown-series', [], {}],
    ['of a series that was never complete', 'job.series-not-complete', [opened(), stored(1)], {}],
    ['by a module that there is not', 'job.unknown-module', complete, { module: 'nodules' }],
    ['for a target that there is not', 'job.unknown-target', complete, { targets: ['moon'] }],
  ])('is refused %s', (_what, code, history, changes) => {
    expect(() => asked(history, changes)).toThrow(expect.toSatisfy((error) => hasCode(error, code)) as Error);
  });
});
