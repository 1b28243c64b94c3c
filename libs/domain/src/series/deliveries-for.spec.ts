import { Rule, type RoutedDelivery } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { deliveriesFor } from './deliveries-for.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';

const { opened, stored, completed, reopened, sopInstanceUid, sealedIdentity } = exampleSeries;
const rule = (name: string, more: object = {}): Rule =>
  Rule.parse({ name, condition: 'True', action: 'route', targets: ['archive'], ...more });
const only = (target: string, instances: string) => ({ targets: [{ target, instances }] });

const twice = [
  opened(),
  stored(1),
  stored(2),
  completed(1, { instances: 2, newInstances: 2 }),
  stored(3),
  stored(4),
  completed(2, { instances: 4, newInstances: 2 }),
];
const sent = (
  history: readonly SeriesEvent[],
  revision: number,
  rules: readonly Rule[],
  identities?: ReadonlyMap<string, object>,
) => {
  const { state } = given(seriesDecider, history);
  if (state.status === 'unknown') throw new Error('the series is unknown');
  const opened = { identity: exampleSeries.identityFacts, ...(identities && { identities: identities as never }) };
  const { deliveries, withoutObjects } = deliveriesFor(state, revision, rules, opened);
  return { deliveries: deliveries.map(unnamed), withoutObjects };
};
/** Without the name of the delivery. */
const unnamed = (routed: RoutedDelivery) =>
  Object.fromEntries(Object.entries(routed).filter(([key]) => key !== 'delivery'));
const uids = (...numbers: readonly number[]) => numbers.map(sopInstanceUid);

describe('what goes to a target', () => {
  it('is all that a revision is about', () => {
    expect(sent(twice, 2, [rule('all')]).deliveries).toEqual([{ target: 'archive', rules: ['all'] }]);
  });

  it('is all of the series where a rule wants that, and the objects came late', () => {
    const rules = [rule('all', { late: 'whole' }), rule('delta')];
    expect(sent(twice, 2, rules).deliveries).toEqual([{ target: 'archive', rules: ['all', 'delta'], whole: true }]);
    expect(sent(twice, 1, rules).deliveries).toEqual([{ target: 'archive', rules: ['all', 'delta'] }]);
  });

  it('is all of a series that was reopened, whatever rules say of late objects', () => {
    const again = [...twice, reopened(), completed(3, { instances: 4, newInstances: 0, whole: true })];
    expect(sent(again, 3, [rule('one', only('archive', "@InstanceNumber@ == '1'"))]).deliveries).toEqual([
      { target: 'archive', rules: ['one'], sopInstanceUids: uids(1) },
    ]);
  });

  it('are the objects that meet what a rule asks of each', () => {
    expect(sent(twice, 1, [rule('two', only('archive', "@InstanceNumber@ == '2'"))]).deliveries).toEqual([
      { target: 'archive', rules: ['two'], sopInstanceUids: uids(2) },
    ]);
  });

  it('is what any of several rules wants, once', () => {
    const rules = [
      rule('two', only('archive', "@InstanceNumber@ == '2'")),
      rule('one', only('archive', "@InstanceNumber@ == '1'")),
    ];
    expect(sent(twice, 1, rules).deliveries).toEqual([{ target: 'archive', rules: ['two', 'one'] }]);
    expect(sent(twice, 1, [rules[0] ?? rule(''), rule('all')]).deliveries).toEqual([
      { target: 'archive', rules: ['two', 'all'] },
    ]);
  });

  it('is what came late for the one rule, and what the other picks out of the whole', () => {
    const rules = [rule('delta'), rule('first', { late: 'whole', ...only('archive', "@InstanceNumber@ == '1'") })];
    expect(sent(twice, 2, rules).deliveries).toEqual([
      { target: 'archive', rules: ['delta', 'first'], whole: true, sopInstanceUids: uids(1, 3, 4) },
    ]);
  });

  it('is nothing where no object meets what is asked of each, and the target is named', () => {
    expect(sent(twice, 1, [rule('none', only('archive', "@InstanceNumber@ == '9'"))])).toEqual({
      deliveries: [],
      withoutObjects: ['archive'],
    });
  });

  it('is chosen by who each object is of, where they differ', () => {
    const history = [opened(), stored(1), stored(2, { identity: sealedIdentity(2).instanceStored }), completed(1)];
    const identities = new Map([
      [sopInstanceUid(1), { PatientID: '4711' }],
      [sopInstanceUid(2), { PatientID: '4712' }],
    ]);
    expect(sent(history, 1, [rule('other', only('archive', "@PatientID@ == '4712'"))], identities).deliveries).toEqual([
      { target: 'archive', rules: ['other'], sopInstanceUids: uids(2) },
    ]);
  });
});

describe('the priority of a delivery', () => {
  it.each([
    [['normal'], undefined],
    [['off-peak', 'off-peak'], 'off-peak'],
    [['off-peak', 'normal'], undefined],
    [['off-peak', 'normal', 'urgent'], 'urgent'],
  ])('is that of the rule in the greatest hurry: %j', (priorities, priority) => {
    const rules = priorities.map((each, index) => rule(`rule ${index}`, { priority: each }));
    expect(sent(twice, 1, rules).deliveries[0]?.['priority']).toBe(priority);
  });
});
