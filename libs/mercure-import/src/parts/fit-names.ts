import { Name } from '@waystation/events';
import { distinctName, LONGEST_NAME } from './distinct-name.js';

const letters: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
};
const isName = (text: string): boolean => Name.safeParse(text).success;

/** A name that Waystation takes, as like as can be. @param kind the name of what has no letter or digit in its own */
export const fitName = (raw: string, kind: string): string => {
  const plain = raw
    .normalize('NFC')
    .replaceAll(/[äöüÄÖÜßæøå]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9 ._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  const cut = plain.slice(0, LONGEST_NAME).replace(/[ .-]+$/, '');
  return isName(cut) ? cut : kind;
};

/**
 * Names that Waystation takes for names that mercure took: who has such a name keeps it, and no two get the same.
 * @param kind what bears the names; the name of what has no letter or digit in its own
 */
export const fitNames = (raws: readonly string[], kind: string): ReadonlyMap<string, string> => {
  const names = new Map(raws.filter(isName).map((raw) => [raw, raw]));
  const used = new Set(names.keys());
  for (const raw of raws.filter((each) => !isName(each))) {
    const name = distinctName(fitName(raw, kind), used);
    used.add(name);
    names.set(raw, name);
  }
  return names;
};
