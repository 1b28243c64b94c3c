export const symbols = [
  '**',
  '<<',
  '>>',
  '==',
  '!=',
  '<=',
  '>=',
  '//',
  '<',
  '>',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  ':',
  '+',
  '-',
  '*',
  '/',
  '%',
  '|',
  '&',
  '^',
  '~',
  '{',
  '}',
  '=',
] as const;
export type SymbolText = (typeof symbols)[number];

interface Located {
  readonly at: number;
}

/** The smallest pieces of a condition. A `word` is a name, a keyword or something that does not belong here. */
export type Token =
  | (Located & { readonly kind: 'text'; readonly value: string })
  | (Located & { readonly kind: 'number'; readonly value: bigint | number })
  | (Located & { readonly kind: 'tag'; readonly name: string })
  | (Located & { readonly kind: 'word'; readonly text: string })
  | (Located & { readonly kind: 'symbol'; readonly text: SymbolText })
  | (Located & { readonly kind: 'end' });
