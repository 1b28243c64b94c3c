import { ConfigurationDocument, JobRequested } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
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
const asked = (history: readonly SeriesEvent[], changes: Partial<JobByHand> = {}) =>
  jobByHand(given(seriesDecider, history).state, { ...wanted, ...changes }, configuration);

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

  it.each([
    ['of a series that nobody knows', 'job.unknown-series', [], {}],
    ['of a series that was never complete', 'job.series-not-complete', [opened(), stored(1)], {}],
    ['by a module that there is not', 'job.unknown-module', complete, { module: 'nodules' }],
    ['for a target that there is not', 'job.unknown-target', complete, { targets: ['moon'] }],
  ])('is refused %s', (_what, code, history, changes) => {
    expect(() => asked(history, changes)).toThrow(expect.toSatisfy((error) => hasCode(error, code)) as Error);
  });
});
