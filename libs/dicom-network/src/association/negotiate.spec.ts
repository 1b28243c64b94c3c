import { describe, expect, it } from 'vitest';
import { negotiate, VERIFICATION_SOP_CLASS } from './negotiate.js';

const contexts = [
  { id: 1, abstractSyntax: '1.2.3', transferSyntaxes: ['9.1', '9.2'] },
  { id: 3, abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntaxes: ['9.3', '9.1'] },
  { id: 5, abstractSyntax: '1.2.4', transferSyntaxes: ['9.1'] },
];

describe('negotiate', () => {
  it('answers each context with what is chosen for it', () => {
    const answers = negotiate(contexts, (abstractSyntax, syntaxes) => (abstractSyntax === '1.2.3' ? syntaxes[1] : 4));
    expect(answers).toEqual([
      { id: 1, transferSyntax: '9.2' },
      { id: 3, transferSyntax: '9.3' },
      { id: 5, refused: 4 },
    ]);
  });

  it('says that the abstract syntax is not supported where nothing is chosen', () => {
    expect(negotiate(contexts, () => undefined)).toEqual([
      { id: 1, refused: 3 },
      { id: 3, transferSyntax: '9.3' },
      { id: 5, refused: 3 },
    ]);
  });
});
