import {
  ConfigurationDocument,
  ConfigurationPublished,
  JobRouted,
  ObjectsHeld,
  ObjectsReleased,
  type RecordedEvent,
} from '@waystation/events';
import { exampleDelivery, exampleJob, exampleSeries, recorded, recordedInOrder } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { explainSeries, type SeriesEvidence } from './explain-series.js';

const { opened, stored, completed, routed, duplicated } = exampleSeries;
const { requested, attempted, delivered, failed, retryScheduled, interrupted, redriven, succeeded } = exampleDelivery;

const document = ConfigurationDocument.parse({
  targets: [{ name: 'archive', kind: 'dicom', host: '10.0.0.9', port: 104, calledAeTitle: 'ARCHIVE' }],
  rules: [
    { name: 'CT to archive', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'] },
    { name: 'drop', condition: "@Modality@ == 'SR'", action: 'discard', fallback: true },
  ],
});
const published = recorded(
  ConfigurationPublished.of({
    version: 1,
    sha256: exampleSeries.sha256(0xc0_4f),
    document,
    author: 'jane',
    reason: 'go',
  }),
  { position: 90 },
) as RecordedEvent<ConfigurationPublished>;
const verdicts = [
  {
    rule: 'CT to archive',
    verdict: 'matched' as const,
    condition: "@Modality@ == 'CT'",
    because: "@Modality@ == 'CT' is true ('CT')",
    observations: [{ expression: '@Modality@', value: "'CT'" }],
  },
  { rule: 'drop', verdict: 'fallback-not-needed' as const, condition: 'x', because: 'matched', observations: [] },
];
const deliveries = [{ delivery: exampleDelivery.delivery, target: 'archive', rules: ['CT to archive'] }];
const decided = routed(1, { outcome: 'routed', verdicts, deliveries });

const evidenceOf = (
  series: Parameters<typeof recordedInOrder>[0],
  delivery: Parameters<typeof recordedInOrder>[0] = [],
  jobs: Readonly<Record<string, Parameters<typeof recordedInOrder>[0]>> = {},
): SeriesEvidence => ({
  series: recordedInOrder(series) as never,
  study: [],
  jobEvents: (name) => recordedInOrder(jobs[name] ?? []) as never,
  deliveryEvents: () => recordedInOrder(delivery) as never,
  configuration: (version) => (version === 1 ? published : undefined),
});
const complete = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];

describe('An explanation', () => {
  it('tells why the series is complete: the last arrival, the quiet period, the longest pause', () => {
    const { completion, decision, next, revision } = explainSeries(evidenceOf(complete));
    expect({ decision, next, revision }).toEqual({ decision: null, next: null, revision: 1 });
    expect(completion).toMatchObject({
      trigger: 'quiet',
      completed: { position: 4, recordedtime: '2026-01-01T00:00:03.000Z' },
      quietPeriodMs: 10_000,
      quietUntil: '2026-01-01T00:00:12.000Z',
      lastArrival: { position: 3, type: 'instance.stored.v1', sopInstanceUid: exampleSeries.sopInstanceUid(2) },
      arrivals: 2,
      longestPauseMs: 1000,
      instances: 2,
      newInstances: 2,
    });
    expect(completion.because).toContain('nothing arrived for the quiet period of 10 s after');
  });

  it('tells what a series waits for that is not complete', () => {
    const { completion, revision, revisions } = explainSeries(evidenceOf([opened(), stored(1), duplicated(1)]));
    expect({ revision, revisions }).toEqual({ revision: null, revisions: 0 });
    expect(completion).toMatchObject({
      trigger: 'waiting',
      completed: null,
      arrivals: 2,
      newInstances: 1,
      digest: null,
    });
    expect(completion.because).toContain('at 2026-01-01T00:00:12.000Z at the earliest');
  });

  it('tells what arrived after the last revision, but not after one before', () => {
    const events = [...complete, stored(3), completed(2, { instances: 3, newInstances: 1 }), stored(4), stored(5)];
    expect(explainSeries(evidenceOf(events)).next).toMatchObject({ trigger: 'waiting', arrivals: 2, newInstances: 2 });
    expect(explainSeries(evidenceOf(events), 1)).toMatchObject({ revision: 1, revisions: 2, next: null });
    expect(explainSeries(evidenceOf(events), 2).completion).toMatchObject({
      arrivals: 1,
      newInstances: 1,
      instances: 3,
    });
  });

  it('tells that a revision is there because somebody reopened the series, and why', () => {
    const { reopened } = exampleSeries;
    const events = [...complete, reopened(), completed(2, { instances: 2, newInstances: 0, whole: true })];
    const { because } = explainSeries(evidenceOf(events)).completion;
    expect(because).toContain('it was reopened at 2026-01-01T00:00:04.000Z (the rule was wrong); nothing arrived for');
    const late = [opened(), stored(1), completed(1), reopened()].map((event, index) =>
      recorded(event, { position: index + 1, sequence: index + 1, recordedtime: `2026-01-01T0${index}:00:00.000Z` }),
    );
    const again = recorded(completed(2), { position: 5, sequence: 5, recordedtime: '2026-01-01T03:00:01.000Z' });
    const evidence = { ...evidenceOf([]), series: [...late, again] as never };
    expect(explainSeries(evidence).completion.because).toContain('noticed 1 s after it was reopened');
  });

  it('tells what each rule was and saw, and which configuration it came from', () => {
    const { decision } = explainSeries(evidenceOf([...complete, decided]));
    expect(decision).toMatchObject({
      position: 5,
      outcome: 'routed',
      because: "'CT to archive' matched",
      configuration: { version: 1, published: { position: 90, author: 'jane', reason: 'go' } },
      rules: [
        { rule: 'CT to archive', verdict: 'matched', action: 'route', targets: ['archive'], observations: [{}] },
        { rule: 'drop', verdict: 'fallback-not-needed', action: 'discard', fallback: true },
      ],
    });
  });

  it('tells who wanted the objects kept, and which were let go', () => {
    const kept = [
      ObjectsHeld.of({ author: 'r.huber', reason: 'a court asks' }),
      ObjectsReleased.of({ author: 'r.huber', reason: 'it has its copy' }),
    ];
    expect(explainSeries(evidenceOf([...complete, decided])).keeping).toEqual([]);
    expect(explainSeries(evidenceOf([...complete, decided, ...kept]), 1).keeping).toMatchObject([
      { position: 6, because: expect.stringContaining('a court asks') },
      { position: 7, because: expect.stringContaining('it has its copy') },
    ]);
  });

  it('finds again what a rule saw that did not match, and says so; where it would say something else now, it finds nothing', () => {
    const rules = ["@Modality@ == 'MR'", "@Modality@ == 'US'"].map((condition, index) => ({
      ...{ name: `rule ${index}`, condition, action: 'route', targets: ['archive'] },
    }));
    const data = { ...published.data, document: ConfigurationDocument.parse({ ...document, rules }) };
    const said = (because: string, rule: string) => ({ rule, verdict: 'not-matched' as const, because });
    const event = routed(1, {
      outcome: 'unmatched',
      verdicts: [said("@Modality@ == 'MR' is false ('CT')", 'rule 0'), said('it was so then', 'rule 1')],
    });
    const evidence = { ...evidenceOf([...complete, event]), configuration: () => ({ ...published, data }) };
    expect(explainSeries(evidence).decision?.rules).toMatchObject([
      {
        condition: "@Modality@ == 'MR'",
        askedAgain: true,
        observations: [
          { expression: '@Modality@', value: "'CT'" },
          { expression: "@Modality@ == 'MR'", value: 'False' },
        ],
      },
      { condition: "@Modality@ == 'US'", because: 'it was so then', observations: [] },
    ]);
  });

  it.each([
    ['unmatched' as const, verdicts.slice(1), 'none of the 1 rules matched'],
    ['unmatched' as const, [], 'there were no rules'],
    [
      'discarded' as const,
      [{ ...verdicts[1], rule: 'drop', verdict: 'matched' as const }],
      "rule 'drop' matched, which discards, and outweighs every other",
    ],
  ])('tells why the outcome is %s', (outcome, said, because) => {
    const event = routed(1, { outcome, verdicts: said as never });
    expect(explainSeries(evidenceOf([...complete, event])).decision).toMatchObject({ outcome, because });
  });

  it('tells why a delivery went where, every attempt, and why it failed', () => {
    const story = [
      requested(2),
      attempted(1),
      failed(1, { uncertain: true }),
      retryScheduled(2, 5000),
      attempted(2, { mayRepeat: true }),
      delivered(1, 2),
      interrupted(2),
      attempted(3),
      failed(3, { by: 'waystation', code: 'dispatch.stopped', reason: 'the service stops' }),
      redriven('archive is back'),
      attempted(4),
      delivered(2, 4),
      succeeded(4, 2),
    ];
    const [delivery] = explainSeries(evidenceOf([...complete, decided], story)).deliveries;
    expect(delivery).toMatchObject({
      target: 'archive',
      place: 'ARCHIVE at 10.0.0.9:104',
      because: "'CT to archive' matched and names it",
      status: 'succeeded',
      instances: 2,
      delivered: 2,
      redriven: [{ author: 'unknown', reason: 'archive is back' }],
    });
    const attempts = delivery?.attempts.map(({ outcome, delivered: count, because, nextAfterMs }) => [
      outcome,
      count,
      because,
      nextAfterMs,
    ]);
    expect(attempts).toEqual([
      [
        'failed',
        0,
        'nobody listens at 10.0.0.9:104 (dicom.connection-refused); objects without a receipt may have arrived all the same',
        5000,
      ],
      ['interrupted', 1, 'its dispatcher dispatch-1 vanished', null],
      ['failed', 0, 'broken off by Waystation: the service stops (dispatch.stopped)', null],
      ['succeeded', 1, 'every object has a receipt', null],
    ]);
  });

  it('refuses a revision that there is not', () => {
    expect(() => explainSeries(evidenceOf(complete), 2)).toThrow(/has 1 revisions, asked for revision 2/);
  });

  it('tells what processed it, step by step, and where what it became went', () => {
    const { job } = exampleJob;
    const brings = { kind: 'output' } as const;
    const to = JobRouted.of({
      ...{ attempt: 1, outcome: 'routed', because: 'as the rule says' },
      deliveries: [{ delivery: exampleDelivery.delivery, target: 'archive', brings }],
    });
    const next = JobRouted.of({
      ...{ attempt: 1, outcome: 'next-step', because: 'the next step' },
      ...{ deliveries: [], next: 'second' },
    });
    const steps = [{ module: 'nodules', settings: {} }];
    const { requested: asked, started, derived, succeeded: made, failed: broke, retryScheduled: later } = exampleJob;
    const jobs = {
      [job]: [asked({ plan: { ...exampleJob.plan, steps } }), started(1), derived(1), made(1), next],
      second: [asked({ job: 'second', step: 1 }), started(1), broke(1), later(2, 10), started(2), made(2), to],
    };
    const processed = routed(1, {
      outcome: 'routed',
      verdicts,
      deliveries: [],
      jobs: [{ job, rule: 'CT to archive', module: 'anonymizer' }],
    });
    const told = explainSeries(evidenceOf([...complete, processed], [requested(1)], jobs)).jobs;
    expect(told).toMatchObject([
      { job, module: 'anonymizer', step: 0, status: 'succeeded', deliveries: [] },
      { job: 'second', module: 'nodules', step: 1, deliveries: [{ target: 'archive', status: 'waiting' }] },
    ]);
    expect(told[1]?.story.map(({ because }) => because)).toEqual([
      expect.stringContaining('attempt 1 by anonymizer-1'),
      expect.stringContaining('attempt 1 failed: job.exit-code'),
      'attempt 2 in 0.01 s',
      expect.stringContaining('attempt 2 by anonymizer-1'),
      expect.stringContaining('processed in 1.2 s'),
      'routed, to archive: as the rule says',
    ]);
  });
});
