/** Ends the reading of a condition: what is wrong at which offset, and what to write instead where that is known. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';

  constructor(
    readonly offset: number,
    sentence: string,
    readonly suggestion?: string,
  ) {
    super(sentence);
  }
}
