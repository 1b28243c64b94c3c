import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersistentMap } from './persistent-map.js';

const filledWith = (entries: readonly (readonly [string, number])[]): PersistentMap<number> =>
  entries.reduce((map, [key, value]) => map.set(key, value), PersistentMap.empty<number>());

// Few different keys, so that entries are replaced; two that share a bucket; and names that objects have of their own.
const keys = fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('Aa', 'BB', '__proto__', 'constructor', '1', '10'));
const entryLists = fc.array(fc.tuple(keys, fc.integer()), { maxLength: 200 });

describe('PersistentMap', () => {
  it('holds what a Map holds that was filled in the same way', () => {
    fc.assert(
      fc.property(entryLists, keys, (entries, other) => {
        const model = new Map(entries);
        const map = filledWith(entries);
        expect(map.size).toBe(model.size);
        for (const key of [...model.keys(), other]) {
          expect(map.get(key)).toBe(model.get(key));
          expect(map.has(key)).toBe(model.has(key));
        }
        expect(new Map(map)).toEqual(model);
        expect([...map.values()]).toEqual([...map].map(([, value]) => value));
      }),
    );
  });

  it('leaves every map it was made from as it was', () => {
    fc.assert(
      fc.property(entryLists, keys, fc.integer(), (entries, key, value) => {
        const before = filledWith(entries);
        const entriesBefore = [...before];
        const after = before.set(key, value);
        expect([...before]).toEqual(entriesBefore);
        expect(after.get(key)).toBe(value);
      }),
    );
  });

  it('prints the same whatever the order it was filled in', () => {
    const distinct = fc.uniqueArray(fc.tuple(keys, fc.integer()), { selector: ([key]) => key });
    fc.assert(
      fc.property(
        distinct.chain((entries) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
          ),
        ),
        ([entries, shuffled]) => {
          expect(JSON.stringify(filledWith(shuffled))).toBe(JSON.stringify(filledWith(entries)));
        },
      ),
    );
  });

  it('loses no entry when it prints', () => {
    const printed = JSON.stringify(
      filledWith([
        ['__proto__', 1],
        ['b', 2],
        ['a', 3],
      ]),
    );
    expect(printed).toBe('{"__proto__":1,"a":3,"b":2}');
  });

  it('is empty to begin with', () => {
    const empty = PersistentMap.empty<number>();
    expect([empty.size, empty.get('a'), empty.has('a'), [...empty]]).toEqual([0, undefined, false, []]);
  });

  it('keeps a value that is undefined apart from an absent one', () => {
    const map = PersistentMap.empty<undefined>().set('a', undefined);
    expect([map.has('a'), map.has('b'), map.size]).toEqual([true, false, 1]);
  });
});
