/** Where something is in a text. Line and column count from 1, the offset from 0; all in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The line and column of an offset. */
export const positionOf = (text: string, offset: number): Position => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
};

const mostShown = 100;

/** The line around a position with a caret below it; a long line is cut to what lies around. */
export const pointTo = (text: string, { line, column }: Position): string => {
  const whole = text.split('\n')[line - 1] ?? '';
  const start = Math.max(0, Math.min(column - 1 - mostShown / 2, whole.length - mostShown));
  const shown = whole.slice(start, start + mostShown);
  const printable = shown.replace(/\p{C}/gu, (character) => ' '.repeat(character.length));
  return `  ${printable}\n  ${' '.repeat(column - 1 - start)}^`;
};
