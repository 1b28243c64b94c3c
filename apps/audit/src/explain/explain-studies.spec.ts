import { SeriesRouted } from '@waystation/events';
import { exampleDelivery, exampleSeries, exampleStudy, recordedInOrder } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { explainStudies } from './explain-studies.js';

const { series, matched, completed, forceCompleted, routed, rule } = exampleStudy;
const { data: decision }: SeriesRouted = exampleSeries.routed(1, { studyRules: [rule] });
const explain = (...study: Parameters<typeof recordedInOrder>[0]) =>
  explainStudies(
    {
      study: recordedInOrder(study) as never,
      jobEvents: () => [],
      deliveryEvents: () => recordedInOrder([exampleDelivery.requested(2)]),
      configuration: () => undefined,
    },
    exampleStudy.seriesInstanceUid(1),
    decision,
  );
const delivery = {
  delivery: 'aaaa',
  seriesInstanceUid: exampleStudy.seriesInstanceUid(1),
  revision: 1,
  target: 'pacs',
};

describe('What became of a series with its study', () => {
  it('is not known before the study has heard of it', () => {
    expect(explain(matched(2))).toEqual([
      { rule, ground: null, because: 'the study has not heard of it yet', revision: null, deliveries: [], jobs: [] },
    ]);
  });

  it('is that it waits', () => {
    expect(explain(matched(1), completed(1, [series(2)]))).toMatchObject([{ ground: { position: 1 }, revision: null }]);
  });

  it('is that the limit passed, or that the study is complete, with the deliveries of this series', () => {
    expect(explain(matched(1), forceCompleted('discard', [series(1)]))).toMatchObject([
      { ground: { position: 2 }, revision: null, deliveries: [] },
    ]);
    const others = { ...delivery, delivery: 'bbbb', seriesInstanceUid: exampleStudy.seriesInstanceUid(2) };
    expect(
      explain(matched(1), completed(1, [series(1), series(2)]), routed(1, { deliveries: [delivery, others] })),
    ).toMatchObject([
      { ground: { position: 2 }, revision: 1, deliveries: [{ delivery: 'aaaa', target: 'pacs', status: 'waiting' }] },
    ]);
  });

  it('is nothing where no rule waits', () => {
    expect(
      explainStudies(
        { study: [], jobEvents: () => [], deliveryEvents: () => [], configuration: () => undefined },
        '1',
        {
          ...decision,
          studyRules: undefined,
        },
      ),
    ).toEqual([]);
  });
});
