import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyLedger, type KeyNote } from './key-ledger.js';

const notes: readonly KeyNote[] = ['named', 'expired', 'spooled', 'stored'];

it('knows of each key what was noted last, and nothing of others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.constantFrom(...notes))),
      fc.string(),
      (said, another) => {
        const ledger = new KeyLedger();
        for (const [key, note] of said) ledger.set(key, note);
        const last = new Map(said);
        expect(ledger.size).toBe(last.size);
        for (const [key, note] of last) expect(ledger.get(key)).toBe(note);
        expect(ledger.get(another)).toBe(last.get(another));
      },
    ),
  );
});

it('keeps all of many keys as it grows', () => {
  const ledger = new KeyLedger();
  const keyOf = (number: number): string => `objects/${number % 256}/${number}.dcm`;
  for (let number = 0; number < 20_000; number++) ledger.set(keyOf(number), notes[number % 4] ?? 'named');
  expect(ledger.size).toBe(20_000);
  const wrong = Array.from({ length: 20_000 }, (_, number) => ledger.get(keyOf(number)) === notes[number % 4]);
  expect(wrong).not.toContain(false);
  expect(ledger.get(keyOf(20_000))).toBeUndefined();
});
