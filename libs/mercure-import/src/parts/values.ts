import type { Part } from './part.js';

const truths: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((word) => [word, false] as const),
]);

const readText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const readNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** What a value means as mercure reads it; the default where there is none, and where it means nothing, which is told. */
const read = <Value>(
  part: Part,
  standard: Value,
  expected: string,
  meaning: (value: unknown) => Value | undefined,
): Value => {
  if (part.value === undefined || part.value === null || part.value === '') return standard;
  const value = meaning(part.value);
  if (value !== undefined) return value;
  part.notTaken(`it is not ${expected}: mercure cannot read it either`);
  return standard;
};

/** A text at a place; a number counts as one. */
export const textAt = (part: Part, standard = ''): string => read(part, standard, 'a text', readText);

/** A number at a place; a text that is one counts, as older files have them. */
export const numberAt = (part: Part, standard: number): number => read(part, standard, 'a number', readNumber);

/** A truth value at a place; the words and numbers for it count, as older files have them. */
export const truthAt = (part: Part, standard: boolean): boolean =>
  read(part, standard, 'true or false', (value) => truths.get(String(value).toLowerCase()));

/** One of some words at a place. */
export const wordAt = <Word extends string>(part: Part, words: readonly Word[], standard: Word): Word =>
  read(part, standard, `one of ${words.join(', ')}`, (value) => words.find((word) => word === value));

/** Texts at a place: a list of them, or one alone. */
export const textsAt = (part: Part): readonly Part[] =>
  (Array.isArray(part.value) ? part.parts : [part]).filter((each) => textAt(each) !== '');
