/** What other languages, and Python beyond the rule language, write: why it is refused and what to write instead. */
interface Foreign {
  readonly sentence: string;
  readonly suggestion?: string;
}

const outside = (what: string): Foreign => ({ sentence: `${what} is not part of the rule language` });
const instead = (found: string, suggestion: string): Foreign => ({
  sentence: `${found} is not an operator`,
  suggestion,
});

const foreignSymbols: readonly (readonly [string, Foreign])[] = [
  ['===', instead('===', 'use == to compare')],
  ['!==', instead('!==', 'use != to compare')],
  ['<>', instead('<>', 'use != to compare')],
  ['&&', instead('&&', 'use and')],
  ['||', instead('||', 'use or')],
  ['=~', instead('=~', 'use in, startswith() or endswith()')],
  [':=', outside(':=')],
  ['...', outside('...')],
  ['->', outside('->')],
];

const foreignCharacters = new Map<string, Foreign>([
  ['!', instead('!', 'use not')],
  [';', outside(';')],
  ['`', { sentence: '` does not begin a text', suggestion: `put texts in ' or "` }],
  ...Array.from('‘’“”„«»´').map((mark): [string, Foreign] => [
    mark,
    { sentence: `${mark} does not begin a text`, suggestion: `put texts in ' or "` },
  ]),
]);

const foreignWords = new Map<string, Foreign>([
  ['if', { ...outside('… if … else …'), suggestion: 'use and, or' }],
  ['else', { ...outside('… if … else …'), suggestion: 'use and, or' }],
  ['for', { ...outside('… for … in …'), suggestion: 'use any_instance(), all_instances(), any(map(…)) or in' }],
  ['lambda', { ...outside('lambda'), suggestion: 'name a function, as in map(float, …)' }],
  ['complex', outside('complex()')],
  ['dict', { ...outside('dict()'), suggestion: 'use (…) or {…} for several values' }],
  ['format', { ...outside('format()'), suggestion: 'use str() or round()' }],
  ...['while', 'import', 'from', 'await', 'async', 'yield', 'def', 'class', 'del', 'assert'].map(
    (word): [string, Foreign] => [word, outside(word)],
  ),
  ['like', instead('like', 'use in, startswith() or endswith()')],
  ['contains', instead('contains', "write 'part' in @Tag@")],
  ['equals', instead('equals', 'use == to compare')],
]);

const exact = ['and', 'or', 'not', 'in', 'is', 'True', 'False', 'None', 'tags', 'series', 'result'];

/** A symbol at this place that is none of the rule language. Longer symbols win, so that `==` is not `=`. */
export const foreignSymbol = (text: string, at: number): Foreign | undefined =>
  foreignSymbols.find(([symbol]) => text.startsWith(symbol, at))?.[1];

/** A character that begins nothing in the rule language. */
export const foreignCharacter = (character: string): Foreign =>
  foreignCharacters.get(character) ?? { sentence: `${JSON.stringify(character)} has no meaning here` };

/** A word of another language, or one of ours in the wrong case. */
export const foreignWord = (word: string): Foreign | undefined => {
  const lower = word.toLowerCase();
  const ours = lower === 'null' ? 'None' : exact.find((name) => name !== word && name.toLowerCase() === lower);
  if (ours !== undefined)
    return { sentence: `${word} is not a word of the rule language`, suggestion: `write ${ours}` };
  return foreignWords.get(lower);
};
