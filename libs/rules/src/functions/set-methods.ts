import { asSet, combineSets, isSubset, type SetOperator } from '../values/set.js';
import { isSequence, type Sequence, type Value } from '../values/value.js';
import { undefinedFor } from './arguments.js';
import type { Operation } from './operation.js';

const setFor = (name: string, value: Value): Sequence => {
  if (isSequence(value) && value.kind === 'set') return value;
  throw undefinedFor(name, value);
};

const combining = (name: string, operator: SetOperator): Operation => ({
  name,
  takes: { from: 0, to: 10 },
  returns: 'a set',
  on: ['a set'],
  apply: ([subject = null, ...others]) => {
    let set = setFor(name, subject);
    for (const other of others) set = combineSets(operator, set, asSet(name, other));
    return set;
  },
});

const asking = (name: string, test: (set: Sequence, other: Sequence) => boolean): Operation => ({
  name,
  takes: { from: 1, to: 1 },
  returns: 'a truth value',
  on: ['a set'],
  apply: ([subject = null, other = null]) => test(setFor(name, subject), asSet(name, other)),
});

/** What sets are asked, and what comes of several of them. */
export const methodsOfSets: readonly Operation[] = [
  combining('union', '|'),
  combining('intersection', '&'),
  combining('difference', '-'),
  combining('symmetric_difference', '^'),
  asking('issubset', isSubset),
  asking('issuperset', (set, other) => isSubset(other, set)),
  asking('isdisjoint', (set, other) => combineSets('&', set, other).items.length === 0),
];
