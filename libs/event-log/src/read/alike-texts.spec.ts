import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlikeTexts } from './alike-texts.js';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\\', '"', 'a\nb', 'Jörg', '\u2028', '-0', '1e3'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(true, false, null, 0, -1, 1e21, 5e-324),
);
const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', 'constructor', '1', 'a.b', '$&', '"'));
const { object } = fc.letrec<{ object: Record<string, unknown> }>((tie) => ({
  object: fc.dictionary(key, fc.oneof({ maxDepth: 3 }, leaf, leaf, tie('object'), fc.array(leaf, { maxLength: 2 })), {
    maxKeys: 4,
  }) as fc.Arbitrary<Record<string, unknown>>,
}));

/** The same object with other leaves in some places. */
const varied = (value: unknown, leaves: readonly unknown[]): unknown => {
  let taken = 0;
  const again = (each: unknown): unknown => {
    if (typeof each === 'object' && each !== null && !Array.isArray(each))
      return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, again(inner)]));
    const next = taken++;
    return next % 3 === 2 ? each : leaves[next % leaves.length];
  };
  return again(value);
};
const alike = fc
  .tuple(
    object,
    fc.array(fc.array(leaf, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 12,
    }),
  )
  .map(([value, others]) =>
    [value, ...others.map((leaves) => varied(value, leaves))].map((each) => JSON.stringify(each)),
  );

const outcomeOf = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return (error as Error).message;
  }
};
const expectSame = (texts: AlikeTexts, text: string): void => {
  const [actual, expected] = [outcomeOf(() => texts.parse('a', text)), outcomeOf(() => JSON.parse(text) as unknown)];
  expect(isDeepStrictEqual(actual, expected), text).toBe(true);
  expect(JSON.stringify(actual)).toBe(JSON.stringify(expected)); // the order of keys, too
};

describe('Texts that are alike', () => {
  it('say what JSON.parse says, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            alike,
            fc.json().map((text) => [text]),
          ),
          { maxLength: 6 },
        ),
        (lists) => {
          const texts = new AlikeTexts();
          for (const text of [...lists.flat(), ...lists.flat()]) expectSame(texts, text);
        },
      ),
    );
  });

  it('are refused as JSON.parse refuses them where they are damaged', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 2 }), fc.constantFrom('', '"', '\\', '\u0001', '0')),
    );
    fc.assert(
      fc.property(alike, fc.array(damage, { minLength: 1, maxLength: 20 }), (known, damages) => {
        const texts = new AlikeTexts();
        for (const text of known) texts.parse('a', text);
        for (const [index, [place, put]] of damages.entries()) {
          const text = known[index % known.length] ?? '';
          const at = place % (text.length + 1);
          expectSame(texts, text.slice(0, at) + put + text.slice(at + 1));
        }
      }),
    );
  });

  it('are told apart by what kind of text they are', () => {
    const texts = new AlikeTexts();
    for (let turn = 0; turn < 100; turn++) {
      expect(texts.parse('a', `{"one":${turn}}`)).toEqual({ one: turn });
      expect(texts.parse('b', `{"one":"${turn}"}`)).toEqual({
        one: String(turn),
      });
    }
  });

  it('do not change when somebody changes what another one said', () => {
    const texts = new AlikeTexts();
    for (let turn = 0; turn < 10; turn++) {
      const said = texts.parse('a', `{"turn":${turn},"same":1}`) as Record<string, number>;
      expect(said).toEqual({ turn, same: 1 });
      said['same'] = 2;
    }
  });
});
