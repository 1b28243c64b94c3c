/** Characters that a terminal acts on and JSON leaves as they are; line ends are ours. */
const acting = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** JSON for programs and people; what could move a cursor or hide text is spelled out, and reads back as what it was. */
export const jsonText = (value: unknown): string => JSON.stringify(value, undefined, 2).replace(acting, spelledOut);

/** The same on one line. */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replace(acting, spelledOut);

const spelledOut = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
