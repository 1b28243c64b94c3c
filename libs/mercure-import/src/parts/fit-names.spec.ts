import { Name } from '@waystation/events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitNames } from './fit-names.js';

const fitted = (...raws: readonly string[]) => [...fitNames(raws, 'rule').values()];

it.each([
  ['CT heads', 'CT heads'],
  ['Köpfe', 'Koepfe'],
  ['Größe/Übersicht', 'Groesse-Uebersicht'],
  ['Crâne à part', 'Crane a part'],
  ['  .hidden. ', 'hidden'],
  ['頭部', 'rule'],
  ['', 'rule'],
  ['x'.repeat(100), 'x'.repeat(64)],
])('%j becomes %j', (raw, name) => {
  expect(fitted(raw)).toEqual([name]);
});

it('keeps the name that somebody has already', () => {
  expect(fitNames(['Köpfe', 'Koepfe', 'Kôepfe'], 'rule')).toEqual(
    new Map([
      ['Koepfe', 'Koepfe'],
      ['Köpfe', 'Koepfe 2'],
      ['Kôepfe', 'Koepfe 3'],
    ]),
  );
});

it('gives every one a name of its own that Waystation takes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 80 })), (raws) => {
      const names = fitNames(raws, 'rule');
      expect([...names.keys()].toSorted()).toEqual(raws.toSorted());
      expect(new Set(names.values()).size).toBe(raws.length);
      for (const name of names.values()) expect(Name.safeParse(name).success).toBe(true);
    }),
  );
});
