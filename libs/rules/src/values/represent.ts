import { isSequence, type Value } from './value.js';

const named = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const escape = (character: string): string => {
  const name = named.get(character);
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
};

/** A text in quotes as the rule language writes it; whatever does not print is escaped. */
export const quote = (text: string): string => {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/\\|(?! )[\p{C}\p{Z}]/gu, escape);
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
};

/** The shortest digits that give the number back, with an exponent below 0.0001 and from 1e16. */
const decimal = (value: number): string => {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16))
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${value}.0` : String(value);
};

/** A value as Python's `repr` writes it. */
export const represent = (value: Value): string => {
  if (value === null) return 'None';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return decimal(value);
  if (!isSequence(value)) return String(value);
  const items = value.items.map(represent).join(', ');
  switch (value.kind) {
    case 'list':
      return `[${items}]`;
    case 'tuple':
      return value.items.length === 1 ? `(${items},)` : `(${items})`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${items}}`;
    case 'range':
      return `range(${items})`;
    case 'iterator':
      return `<${items}>`;
  }
};
