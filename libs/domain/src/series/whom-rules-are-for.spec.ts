import { ConfigurationDocument, Rule, SeriesRouted } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { documentHash } from '../configuration/document-hash.js';
import { identitiesToRoute } from './route-series.js';
import type { RouteSeries } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';

const { identityFacts: identity, sealedIdentity, opened, stored, completed, routed, reopened } = exampleSeries;
const { sopInstanceUid } = exampleSeries;

const rule = (name: string, condition: string, more: Partial<Rule> = {}): Rule =>
  Rule.parse({ name, condition, action: 'route', targets: ['archive'], ...more });
const discard = (name: string, condition: string) => rule(name, condition, { action: 'discard', targets: [] });
const route = (rules: readonly Rule[], more: object = {}, revision = 1): RouteSeries => {
  const document = ConfigurationDocument.parse({ rules, ...more });
  const configuration = { version: 7, sha256: documentHash(document), document };
  return { kind: 'route-series', revision, identity, configuration };
};

const complete = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];
const decision = (history: readonly SeriesEvent[], command: RouteSeries): SeriesRouted['data'] => {
  const [first] = given(seriesDecider, history).when(command).events;
  if (first?.type !== SeriesRouted.type) throw new Error(`expected a decision, got ${first?.type ?? 'nothing'}`);
  return first.data;
};
const verdictsOf = ({ verdicts }: SeriesRouted['data']) => verdicts.map(({ rule: name, verdict }) => [name, verdict]);

describe('a revision that was sent to a title', () => {
  const rules = [rule('CT', 'True'), rule('Research', 'True', { calledAeTitles: ['RESEARCH'] })];
  const listed = { applicationEntities: [{ aeTitle: 'RESEARCH' }] };

  it('is asked about by the rules for that title only, and the others say so', () => {
    const decided = decision(complete, route(rules));
    expect(verdictsOf(decided)).toEqual([
      ['CT', 'matched'],
      ['Research', 'not-asked'],
    ]);
    expect(decided.deliveries).toMatchObject([{ rules: ['CT'] }]);
  });

  it.each(['keep', 'refuse'])('that nobody configured is asked about by no rule: %s', (unknownCalledAeTitle) => {
    const off = rule('Off', 'True', { disabled: true });
    const command = route([...rules, off], { ...listed, unknownCalledAeTitle });
    const decided = decision(complete, command);
    expect(decided).toMatchObject({ outcome: 'undecided', deliveries: [], representative: sopInstanceUid(1) });
    expect(decided.reason).toContain("called AE title 'WAYSTATION' is not one of those");
    expect(verdictsOf(decided).map(([, verdict]) => verdict)).toEqual(['not-asked', 'not-asked', 'disabled']);
    expect(SeriesRouted.schema.safeParse(decided).error).toBeUndefined();
  });

  it('is decided where every title is accepted, or once it is listed and the series is reopened', () => {
    expect(decision(complete, route(rules, { ...listed, unknownCalledAeTitle: 'accept' })).outcome).toBe('routed');
    const again = [...complete, routed(1, { outcome: 'undecided' }), reopened(), completed(2, { whole: true })];
    const own = { applicationEntities: [{ aeTitle: 'WAYSTATION' }] };
    expect(decision(again, route(rules, own, 2)).outcome).toBe('routed');
  });

  it('counts as sent to that of its representative, whichever object came first', () => {
    const toResearch = { headerChanges: { InstanceNumber: '1', ReceiverAET: 'RESEARCH' } };
    const history = [opened(2), stored(2, { headerChanges: {} }), stored(1, toResearch), completed(1)];
    expect(decision(history, route(rules)).deliveries).toMatchObject([{ rules: ['CT', 'Research'] }]);
  });
});

describe('a rule that waits for the study', () => {
  const study = rule('Study', 'True', { trigger: 'study', targets: ['research'] });

  it('is asked about the series, and sends nothing by that', () => {
    const decided = decision(complete, route([study, rule('CT', 'True')]));
    expect(decided).toMatchObject({ outcome: 'routed', studyRules: ['Study'], deliveries: [{ target: 'archive' }] });
    expect(SeriesRouted.schema.safeParse(decided).error).toBeUndefined();
  });

  it('is outweighed by one that discards', () => {
    const decided = decision(complete, route([study, discard('Drop', 'True')]));
    expect(decided.outcome).toBe('discarded');
    expect(decided.studyRules).toBeUndefined();
  });

  it('leaves a fallback unasked', () => {
    const decided = decision(complete, route([study, rule('Else', 'True', { fallback: true })]));
    expect(decided).toMatchObject({ studyRules: ['Study'], deliveries: [] });
  });
});

describe('a rule that asks each object', () => {
  const only = (instances: string) => rule('Some', 'True', { targets: [{ target: 'archive', instances }] });
  const differing = [opened(), stored(1), stored(2, { identity: sealedIdentity(2).instanceStored }), completed(1)];
  const toOpen = (history: readonly SeriesEvent[], command: RouteSeries) =>
    identitiesToRoute(given(seriesDecider, history).state, command, command);

  it('sends those that meet it, and names targets that get none', () => {
    const decided = decision(complete, route([only("@InstanceNumber@ == '2'")]));
    expect(decided.deliveries).toMatchObject([{ target: 'archive', sopInstanceUids: [sopInstanceUid(2)] }]);
    const none = decision(complete, route([only("@InstanceNumber@ == '9'")]));
    expect(none).toMatchObject({ outcome: 'routed', deliveries: [], withoutObjects: ['archive'] });
    for (const data of [decided, none]) expect(SeriesRouted.schema.safeParse(data).error).toBeUndefined();
  });

  it('needs to know who each is of, where they differ', () => {
    expect([...toOpen(differing, route([only("@PatientID@ == '4712'")])).keys()].toSorted()).toEqual([
      sopInstanceUid(1),
      sopInstanceUid(2),
    ]);
  });

  it('sees them all, whichever came first, with who each is of, and says nothing of that', () => {
    const asks = rule('Mixed', "any_instance(@PatientID@ == '4712') and any_instance(@InstanceNumber@ == '1')");
    const command = route([asks]);
    expect(toOpen(differing, command).size).toBe(2);
    const identities = new Map([
      [sopInstanceUid(1), { PatientID: '4711' }],
      [sopInstanceUid(2), { PatientID: '4712', PatientName: 'Roe^Mary' }],
    ]);
    const decided = decision(differing, { ...command, identities });
    expect(decided.outcome).toBe('routed');
    expect(JSON.stringify(decided)).not.toMatch(/mary|roe/i);
    expect(decision(differing, command).outcome).toBe('unmatched');
  });

  it('needs nothing where they are of one, where no rule asks each, or where it is decided', () => {
    expect(toOpen(complete, route([only("@PatientID@ == '4712'")])).size).toBe(0);
    expect(toOpen(differing, route([rule('All', 'True')])).size).toBe(0);
    expect(toOpen([...differing, routed(1)], route([only('True')])).size).toBe(0);
    expect(toOpen([], route([only('True')])).size).toBe(0);
  });
});
