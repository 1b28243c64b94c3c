import { ConfigurationDocument, identityPlace, Rule, SeriesRouted, type Facts } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { documentHash } from '../configuration/document-hash.js';
import { identityToRoute } from './route-series.js';
import type { RouteSeries } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import { verdictsAgain } from './verdicts-again.js';

const { identityFacts, sealedIdentity, opened, stored, completed, routed, sopInstanceUid } = exampleSeries;

const rule = (name: string, condition: string, more: Partial<Rule> = {}): Rule =>
  Rule.parse({ name, condition, action: 'route', targets: ['archive'], ...more });
const route = (rules: readonly Rule[], revision = 1, identity: Facts = identityFacts): RouteSeries => {
  const document = ConfigurationDocument.parse({ rules });
  const configuration = { version: 7, sha256: documentHash(document), document };
  return { kind: 'route-series', revision, identity, configuration };
};
const discard = (name: string, condition: string) => rule(name, condition, { action: 'discard', targets: [] });

const complete = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];
const decision = (history: readonly SeriesEvent[], command: RouteSeries): SeriesRouted['data'] => {
  const [first] = given(seriesDecider, history).when(command).events;
  if (first?.type !== SeriesRouted.type) throw new Error(`expected a decision, got ${first?.type ?? 'nothing'}`);
  return first.data;
};
const verdictsOf = ({ verdicts }: SeriesRouted['data']) => verdicts.map(({ rule: name, verdict }) => [name, verdict]);

describe('a revision that a rule matches', () => {
  const rules = [rule('CT', "@Modality@ == 'CT'"), rule('MR', "@Modality@ == 'MR'")];

  it('goes to the targets of the rule, and the decision holds everything needed to ask again', () => {
    const command = route(rules);
    expect(decision(complete, command)).toMatchObject({
      revision: 1,
      outcome: 'routed',
      configuration: { version: 7, sha256: command.configuration.sha256 },
      representative: sopInstanceUid(1),
      verdicts: [
        { rule: 'CT', verdict: 'matched', condition: "@Modality@ == 'CT'" },
        { rule: 'MR', verdict: 'not-matched' },
      ],
      deliveries: [{ target: 'archive', rules: ['CT'] }],
    });
  });

  it('is written down so that the log would take it', () => {
    expect(SeriesRouted.schema.safeParse(decision(complete, route(rules))).error).toBeUndefined();
  });

  it('says of every rule why', () => {
    for (const { because } of decision(complete, route(rules)).verdicts) expect(because).not.toBe('');
  });

  it('says in full what rules saw that matched, failed or looked at the patient; all else is found by asking again', () => {
    const all = [
      ...rules,
      rule('Odd', 'int(@Modality@) > 3'),
      rule('Doe', "'Nobody' in @PatientName@"),
      rule('Other', "not rule('CT')"),
      rule('Named', "@Modality@ == 'X' and ('Patient' + 'Sex') in tags"),
      rule('Thick', "@Modality@ == 'XA' or @Modality@ == 'US'"),
      rule('Off', 'True', { disabled: true }),
    ];
    const command = route(all);
    const { state } = given(seriesDecider, complete);
    if (state.status === 'unknown') throw new Error('the series is known');
    const again = verdictsAgain(state, 1, command.configuration.document);
    const { verdicts } = decision(complete, command);
    const brief = verdicts.filter(({ observations }) => observations === undefined);
    expect(brief.map(({ rule: name }) => name)).toEqual(['MR', 'Thick', 'Off']);
    for (const verdict of brief) expect(again.get(verdict.rule)).toMatchObject(verdict);
    expect(again.get('Thick')?.observations).toContainEqual({ expression: "@Modality@ == 'US'", value: 'False' });
    for (const { rule: name, condition } of verdicts.filter(({ observations }) => observations !== undefined))
      expect(condition).toBe(all.find((one) => one.name === name)?.condition);
  });

  it('goes to a target once, however many rules ask for it', () => {
    const both = [rule('CT', "@Modality@ == 'CT'", { targets: ['archive', 'research'] }), rule('All', 'True')];
    expect(decision(complete, route(both)).deliveries.map(({ target, rules: by }) => ({ target, by }))).toEqual([
      { target: 'archive', by: ['CT', 'All'] },
      { target: 'research', by: ['CT'] },
    ]);
  });

  it('goes to a target once that one rule names twice', () => {
    const twice = [rule('CT', 'True', { targets: ['archive', 'archive'] })];
    expect(decision(complete, route(twice)).deliveries).toMatchObject([{ target: 'archive', rules: ['CT'] }]);
  });

  it.each([
    "@PatientName@ != '' and @PatientID@ != ''",
    "@PatientName@.lower() > 'a'",
    "'Dr ' + @PatientName@ != ''",
    'int(@PatientID@) + 1 > 0',
    "(@PatientName@ or 'nobody') != 'nobody'",
    'int(@PatientName@) > 0',
  ])('sees the patient, and writes down nothing of who it is: %s', (condition) => {
    const decided = decision(complete, route([rule('Patient', condition)]));
    expect(decided.verdicts).toMatchObject([{ condition }]);
    expect(JSON.stringify(decided)).not.toMatch(/jane|doe\^|471[12]/i);
  });

  it('sees nothing of a patient who is forgotten', () => {
    const rules = [rule('Patient', "@PatientName@ == 'Doe^Jane'"), rule('Else', 'True', { fallback: true })];
    const decided = decision(complete, route(rules, 1, {}));
    expect(decided.verdicts[0]).toMatchObject({
      verdict: 'not-matched',
      because: '@PatientName@ is not in the header',
    });
    expect(decided.deliveries).toMatchObject([{ rules: ['Else'] }]);
  });

  it('sees who sent it', () => {
    expect(decision(complete, route([rule('CT1', "@SenderAET@ == 'CT1'")])).outcome).toBe('routed');
  });
});

describe('a revision that no rule matches', () => {
  it('goes nowhere, and says so', () => {
    const decided = decision(complete, route([rule('MR', "@Modality@ == 'MR'")]));
    expect(decided).toMatchObject({ outcome: 'unmatched', deliveries: [] });
  });

  it('goes nowhere where there are no rules', () => {
    given(seriesDecider, complete)
      .when(route([]))
      .then([
        routed(1, {
          outcome: 'unmatched',
          configuration: { version: 7, sha256: documentHash(ConfigurationDocument.parse({})) },
        }),
      ]);
  });

  it('goes where the fallback says', () => {
    const decided = decision(
      complete,
      route([rule('MR', "@Modality@ == 'MR'"), rule('Else', 'True', { fallback: true })]),
    );
    expect(decided).toMatchObject({ outcome: 'routed', deliveries: [{ target: 'archive', rules: ['Else'] }] });
  });

  it('does not ask the fallback where another rule matched', () => {
    const decided = decision(complete, route([rule('Else', 'True', { fallback: true }), rule('CT', 'True')]));
    expect(verdictsOf(decided)).toContainEqual(['Else', 'fallback-not-needed']);
    expect(decided.deliveries).toMatchObject([{ rules: ['CT'] }]);
  });

  it('does not ask a rule that is disabled', () => {
    const decided = decision(complete, route([rule('CT', 'True', { disabled: true })]));
    expect(verdictsOf(decided)).toEqual([['CT', 'disabled']]);
    expect(decided.outcome).toBe('unmatched');
  });

  it('goes nowhere because of a rule that fails, and the rule says that it failed', () => {
    const decided = decision(complete, route([rule('Odd', 'int(@SeriesDescription@) > 3')]));
    expect(verdictsOf(decided)).toEqual([['Odd', 'failed']]);
    expect(decided.outcome).toBe('unmatched');
  });
});

describe('a revision that a rule discards', () => {
  it('goes nowhere, whatever other rules say', () => {
    const story = given(seriesDecider, complete).when(route([rule('CT', 'True'), discard('Drop', 'True')]));
    const [decided, ...others] = story.events;
    expect(decided?.data).toMatchObject({ outcome: 'discarded', deliveries: [] });
    expect(others).toEqual([exampleSeries.discarded(1, 'Drop')]);
  });

  it('is not discarded where the rule does not match', () => {
    const { events } = given(seriesDecider, complete).when(route([rule('CT', 'True'), discard('Drop', 'False')]));
    expect(events.map(({ type }) => type)).toEqual(['series.routed.v1']);
  });
});

describe('a decision', () => {
  it('is not made twice', () => {
    given(seriesDecider, complete)
      .when(route([rule('CT', 'True')]))
      .when(route([rule('MR', 'True')]))
      .then([]);
  });

  it('is made about each revision, from everything that the series had at that time', () => {
    const late = [
      opened(5),
      stored(5, { headerChanges: {} }),
      completed(1),
      stored(1, { headerChanges: { InstanceNumber: '1' } }),
    ];
    const both = [...late, completed(2, { instances: 2 })];
    const first = rule('First', "@InstanceNumber@ == '5'");
    expect(decision(both, route([first], 1))).toMatchObject({ outcome: 'routed', representative: sopInstanceUid(5) });
    expect(decision(both, route([first], 2))).toMatchObject({
      outcome: 'unmatched',
      representative: sopInstanceUid(1),
    });
  });

  it('is still made about revision 1 when an object came late before the rules were asked', () => {
    expect(decision([...complete, stored(3)], route([rule('CT', 'True')], 1)).revision).toBe(1);
  });

  it('is refused about a revision that does not exist', () => {
    given(seriesDecider, complete).when(route([], 2)).thenThrows('series.unknown-revision');
    given(seriesDecider, [opened(), stored(1)])
      .when(route([], 1))
      .thenThrows('series.unknown-revision');
  });

  it('is not made about a series that is unknown', () => {
    given(seriesDecider).when(route([])).then([]);
  });
});

describe('the names of the deliveries', () => {
  const named = (history: readonly SeriesEvent[], command: RouteSeries) =>
    decision(history, command).deliveries.map(({ delivery }) => delivery);
  const targets = ['archive', 'research'];
  const rules = [rule('CT', 'True', { targets })];
  const withLateImage = [...complete, stored(3), completed(2, { instances: 3, newInstances: 1 })];
  const other = [opened(1, { seriesInstanceUid: '1.2.3' }), ...complete.slice(1)];

  it('differ by series, revision and target', () => {
    const names = [
      ...named(withLateImage, route(rules, 1)),
      ...named(withLateImage, route(rules, 2)),
      ...named(other, route(rules, 1)),
    ];
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{20}$/);
  });

  it('differ by nothing else, so that asking twice requests once', () => {
    expect(named(withLateImage, route([rule('Renamed', 'True', { targets })]))).toEqual(named(complete, route(rules)));
  });
});

describe('the identity that the rules have to see', () => {
  const asked = (history: readonly SeriesEvent[], revision: number) =>
    identityToRoute(given(seriesDecider, history).state, revision);
  const { seriesInstanceUid } = exampleSeries;
  const own = sealedIdentity(2).instanceStored;

  it('is that of the object that stands for the revision', () => {
    expect(asked(complete, 1)).toEqual({
      sealed: exampleSeries.identity,
      place: identityPlace.seriesOpened(seriesInstanceUid),
    });
    expect(asked([opened(), stored(1, { identity: own }), completed(1)], 1)).toEqual({
      sealed: own,
      place: identityPlace.instanceStored(seriesInstanceUid, sopInstanceUid(1)),
    });
  });

  it('is nobody’s where nothing is left to decide', () => {
    expect(asked([...complete, routed(1)], 1)).toBeUndefined();
    expect(asked([], 1)).toBeUndefined();
  });
});
