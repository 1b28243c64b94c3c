import { ConfigurationDocument, type Facts } from '@waystation/events';
import { exampleSeries, recordedInOrder } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../decider.js';
import { routeSeries } from '../series/route-series.js';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries } from '../series/series-state.js';
import { decideAgain, type DecisionDifference, type PastDecision } from './decide-again.js';

type RuleSketch = Readonly<Record<string, unknown>>;
const documentOf = (...rules: readonly RuleSketch[]) =>
  ConfigurationDocument.parse({
    rules: rules.map((rule) => ({ action: 'route', targets: rule['action'] === 'discard' ? [] : ['pacs'], ...rule })),
  });

const ct: Facts = { Modality: 'CT', StudyDescription: 'HEAD ROUTINE' };

/** A series of so many images, each revision of which brought one. */
const seriesOf = (facts: Facts, images: number, keep: (event: SeriesEvent) => boolean = () => true): KnownSeries => {
  const header = { ...facts, ReceiverAET: 'WAYSTATION', InstanceNumber: '1' };
  const events = Array.from({ length: images }, (_, at): readonly SeriesEvent[] => [
    exampleSeries.stored(at + 1),
    exampleSeries.completed(at + 1),
  ]);
  const history = recordedInOrder<SeriesEvent>([exampleSeries.opened(1, { header }), ...events.flat()]);
  const state = fold(seriesDecider, history.filter(keep));
  if (state.status === 'unknown') throw new Error('the series was opened');
  return state;
};
const opened = { identity: exampleSeries.identityFacts };
const pastOf = (document: ConfigurationDocument, facts: Facts, revision = 1): PastDecision => {
  const series = seriesOf(facts, revision);
  const configuration = { version: 1, sha256: exampleSeries.sha256(1), document };
  const [routed] = routeSeries(series, { kind: 'route-series', revision, configuration, ...opened });
  if (routed?.type !== 'series.routed.v1') throw new Error('the series was routed');
  return { routed: routed.data, document, series, isWhole: true, opened };
};
/** The same decision, of whose series only the representative is known. */
const withoutObjects = (past: PastDecision, facts: Facts): PastDecision => {
  const isKept = (event: SeriesEvent): boolean =>
    event.type !== 'instance.stored.v1' || event.data.sopInstanceUid === past.routed.representative;
  return { ...past, series: seriesOf(facts, past.routed.revision, isKept), isWhole: false };
};
const differenceOf = (
  before: ConfigurationDocument,
  after: ConfigurationDocument,
  facts = ct,
  revision = 1,
): DecisionDifference | undefined => {
  const difference = decideAgain(pastOf(before, facts, revision), after);
  return difference === 'needs-objects' ? undefined : difference;
};

const isCt = { name: 'CT', condition: "@Modality@ == 'CT'" };
const toResearch = { ...isCt, name: 'heads', condition: "'HEAD' in @StudyDescription@", targets: ['research'] };

const conditions = fc.constantFrom(
  'True',
  "@Modality@ == 'CT'",
  "@Modality@ == 'MR' or 'HEAD' in @StudyDescription@",
  "'KNEE' in @StudyDescription@",
  "any_instance(@InstanceNumber@ == '2')",
  'series.count > 2',
  '@InstanceNumber@ > 3',
  '@Modality@ <',
);
const targets = fc.uniqueArray(
  fc.constantFrom('pacs', 'research', { target: 'export', instances: "@InstanceNumber@ == '1'" }),
  { minLength: 1, selector: (target) => JSON.stringify(target) },
);
const anyRule = fc
  .record({
    condition: conditions,
    action: fc.constantFrom('route', 'route', 'notify', 'discard'),
    targets,
    trigger: fc.constantFrom('series', 'study'),
    calledAeTitles: fc.constantFrom([], ['WAYSTATION'], ['ELSEWHERE']),
    notifications: fc.constantFrom([], [{ channels: ['mail', 'chat'], on: ['received', 'error'] }]),
    priority: fc.constantFrom('normal', 'urgent', 'off-peak'),
    late: fc.constantFrom('delta', 'whole'),
    fallback: fc.boolean(),
    disabled: fc.boolean(),
  })
  .map((rule) => (rule.action === 'route' ? rule : { ...rule, targets: [] }));
const anyRules = fc
  .array(anyRule, { maxLength: 8 })
  .map((rules) => documentOf(...rules.map((rule, at) => ({ ...rule, name: `rule ${at}` }))));
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    Modality: fc.constantFrom('CT', 'MR'),
    StudyDescription: fc.constantFrom('HEAD', 'KNEE', ''),
    InstanceNumber: fc.constantFrom('1', '7'),
  },
  { requiredKeys: [] },
);

describe('A decision that is made again', () => {
  it('is the same by the same rules, whatever they are', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, fc.integer({ min: 1, max: 3 }), (document, facts, revision) => {
        expect(differenceOf(document, document, facts, revision)).toBeUndefined();
      }),
    );
  });

  it('is the same by rules in another order, except those of which one at most is followed', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, ({ rules, ...document }, facts) => {
        const before = { ...document, rules: rules.filter(({ fallback }) => !fallback) };
        expect(differenceOf(before, { ...before, rules: before.rules.toReversed() }, facts)).toBeUndefined();
      }),
    );
  });

  it('differs exactly where it sets other things in motion, and then says which rules do that', () => {
    fc.assert(
      fc.property(anyRules, anyRules, anyFacts, (before, after, facts) => {
        const difference = differenceOf(before, after, facts);
        const back = differenceOf(after, before, facts);
        expect(back === undefined).toBe(difference === undefined);
        if (!difference || !back) return;
        expect([back.was, back.would]).toEqual([difference.would, difference.was]);
        expect(difference.rules.length).toBeGreaterThan(0);
      }),
    );
  });

  it('needs all objects of the series only where it hangs on them', () => {
    fc.assert(
      fc.property(anyRules, anyRules, anyFacts, fc.integer({ min: 1, max: 3 }), (before, after, facts, revision) => {
        const past = pastOf(before, facts, revision);
        const lean = decideAgain(withoutObjects(past, facts), after);
        if (lean !== 'needs-objects') expect(lean).toEqual(decideAgain(past, after));
      }),
    );
    const filtered = documentOf({ ...isCt, targets: [{ target: 'pacs', instances: "@InstanceNumber@ == '2'" }] });
    expect(decideAgain(withoutObjects(pastOf(filtered, ct, 2), ct), filtered)).toBe('needs-objects');
    const counted = documentOf({ ...isCt, condition: 'series.count == 2' });
    expect(decideAgain(withoutObjects(pastOf(counted, ct, 2), ct), counted)).toBe('needs-objects');
    expect(differenceOf(counted, counted, ct, 2)).toBeUndefined();
  });

  it('differs where a title that was called is not listed any more, and the other way round', () => {
    const listing = (aeTitle: string) =>
      ConfigurationDocument.parse({
        ...documentOf(isCt),
        applicationEntities: [{ aeTitle }],
        unknownCalledAeTitle: 'keep',
      });
    const [here, elsewhere] = [listing('WAYSTATION'), listing('ELSEWHERE')];
    expect(differenceOf(elsewhere, elsewhere)).toBeUndefined();
    expect(differenceOf(here, elsewhere)).toMatchObject({
      would: { outcome: 'undecided', targets: [] },
      rules: [{ rule: 'CT', was: { verdict: 'matched' } }],
    });
    expect(differenceOf(elsewhere, here)).toMatchObject({
      was: { outcome: 'undecided' },
      rules: [{ rule: 'CT', was: { verdict: 'not-asked' }, would: { verdict: 'matched' } }],
    });
  });

  it('is the same where a rule only goes by another name', () => {
    expect(differenceOf(documentOf(isCt), documentOf({ ...isCt, name: 'computed tomography' }))).toBeUndefined();
  });

  it('goes elsewhere where another rule matches, with what that rule saw', () => {
    const difference = differenceOf(documentOf(isCt), documentOf(isCt, toResearch));
    expect(difference).toMatchObject({
      was: { outcome: 'routed', targets: [{ target: 'pacs' }] },
      would: { outcome: 'routed', targets: [{ target: 'pacs' }, { target: 'research' }] },
    });
    expect(difference?.rules).toEqual([
      { rule: 'heads', would: { verdict: 'matched', because: expect.stringContaining('HEAD ROUTINE') } },
    ]);
  });

  it('tells both words of a rule whose condition is another', () => {
    const difference = differenceOf(documentOf(isCt), documentOf({ ...isCt, condition: "@Modality@ == 'MR'" }));
    expect(difference).toMatchObject({ would: { outcome: 'unmatched', targets: [] } });
    expect(difference?.rules).toEqual([
      {
        rule: 'CT',
        was: { verdict: 'matched', because: expect.stringContaining("'CT'") },
        would: { verdict: 'not-matched', because: expect.stringContaining("'CT'") },
      },
    ]);
  });

  it('differs where a rule is gone', () => {
    const difference = differenceOf(documentOf(isCt, toResearch), documentOf(isCt));
    expect(difference?.rules).toEqual([{ rule: 'heads', was: { verdict: 'matched', because: expect.any(String) } }]);
  });

  it('differs where a rule discards', () => {
    const difference = differenceOf(
      documentOf(isCt),
      documentOf(isCt, { ...toResearch, action: 'discard', targets: [] }),
    );
    expect(difference?.would).toEqual({
      outcome: 'discarded',
      targets: [],
      processing: [],
      studies: [],
      notifications: [],
    });
  });

  it.each([
    ['targets', { targets: ['pacs', 'research'] }],
    ['targets', { targets: [{ target: 'pacs', instances: "@InstanceNumber@ == '2'" }] }],
    ['priority', { priority: 'urgent' }],
    ['notifications', { notifications: [{ channels: ['mail'] }] }],
    ['trigger', { trigger: 'study', study: {} }],
  ])('differs where a rule that matches has other %s: %j', (changed, change) => {
    const difference = differenceOf(documentOf(isCt), documentOf({ ...isCt, ...change }));
    expect(difference?.rules).toMatchObject([{ rule: 'CT', changed: expect.arrayContaining([changed]) }]);
  });

  it('differs where a study waits for something else', () => {
    const whole = { ...isCt, trigger: 'study', study: { quietPeriodSeconds: 60 } };
    const difference = differenceOf(documentOf(whole), documentOf({ ...whole, study: { series: "'t1'" } }));
    expect(difference).toMatchObject({
      was: { studies: [{ rule: 'CT', study: { quietPeriodSeconds: 60 } }] },
      would: { studies: [{ rule: 'CT', study: { series: "'t1'" } }] },
      rules: [{ rule: 'CT', changed: ['study'] }],
    });
  });

  it('differs in what is sent of late objects only where objects came late', () => {
    const [before, after] = [documentOf(isCt), documentOf({ ...isCt, late: 'whole' })];
    expect(differenceOf(before, after)).toBeUndefined();
    expect(differenceOf(before, after, ct, 2)?.rules).toMatchObject([{ rule: 'CT', changed: ['late'] }]);
  });

  it('asks rules for called AE titles only where they were called', () => {
    const elsewhere = { ...toResearch, calledAeTitles: ['ELSEWHERE'] };
    expect(differenceOf(documentOf(isCt), documentOf(isCt, elsewhere))).toBeUndefined();
    const here = { ...toResearch, calledAeTitles: ['WAYSTATION'] };
    expect(differenceOf(documentOf(isCt), documentOf(isCt, here))?.would.targets).toHaveLength(2);
  });
});

describe('a rule that has it processed', () => {
  const both = (changes: RuleSketch = {}): RuleSketch => ({
    ...isCt,
    ...{ action: 'both', processing: { steps: [{ module: 'anonymizer' }] }, targets: ['research'], ...changes },
  });

  it('is another decision than one that sends what came in to the same target', () => {
    const difference = differenceOf(documentOf({ ...isCt, targets: ['research'] }), documentOf(both()));
    expect(difference).toMatchObject({
      was: { targets: [{ target: 'research' }], processing: [] },
      would: {
        targets: [],
        processing: [{ targets: ['research'], processing: { steps: [{ module: 'anonymizer' }] } }],
      },
      rules: [{ rule: 'CT', changed: ['action', 'processing'] }],
    });
  });

  it('makes a difference by another module, and none by another name', () => {
    const other = both({ processing: { steps: [{ module: 'nodules' }] } });
    expect(differenceOf(documentOf(both()), documentOf(other))?.rules).toMatchObject([{ changed: ['processing'] }]);
    expect(differenceOf(documentOf(both()), documentOf(both({ name: 'Research' })))).toBeUndefined();
  });

  it('makes a difference by wanting all of a series that came late again', () => {
    const whole = documentOf(both({ late: 'whole' }));
    expect(differenceOf(documentOf(both()), whole)).toBeUndefined();
    expect(differenceOf(documentOf(both()), whole, ct, 2)?.would.processing).toMatchObject([{ whole: true }]);
  });
});
