const DAY = 86_400_000;
const FULL = /^(\d{4})[.]?(\d{2})[.]?(\d{2})(.*)$/s;

/**
 * A date (DA, PS3.5 6.2, or as ACR-NEMA wrote it, with points) or the date of a DT so many days earlier; time of day and
 * offset stay. A DT of a year or a month alone is moved from its middle and as exact as before. Undefined where
 * there is no such date.
 */
export const movedDate = (value: string, vr: 'DA' | 'DT', days: number): string | undefined => {
  if (vr === 'DT' && /^\d{4}(\d{2})?([+-]\d{4})?$/.test(value)) return movedVagueDate(value, days);
  const [, year = '', month = '', day = '', rest = ''] = FULL.exec(value) ?? [];
  if (vr === 'DT' ? !/^(\d{2}){0,3}([.]\d{1,6})?([+-]\d{4})?$/.test(rest) : rest !== '') return undefined;
  const moved = digitsOf(year, month, day, days);
  return moved === undefined ? undefined : moved + rest;
};

const movedVagueDate = (value: string, days: number): string | undefined => {
  const digits = /^\d+/.exec(value)?.[0] ?? '';
  const moved = digitsOf(digits.slice(0, 4), digits.slice(4, 6) || '07', '15', days);
  return moved === undefined ? undefined : moved.slice(0, digits.length) + value.slice(digits.length);
};

const digitsOf = (year: string, month: string, day: string, days: number): string | undefined => {
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).getUTCDate() !== Number(day)) return undefined;
  const text = new Date(time - days * DAY).toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, 10).replaceAll('-', '') : undefined;
};
