/** Value representations with a 16-bit length in explicit syntaxes, PS3.5 table 7.1-2. */
// prettier-ignore
const shortLength = [
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'TM', 'UI', 'UL', 'US',
] as const;

/** Value representations with two reserved bytes and a 32-bit length in explicit syntaxes, PS3.5 table 7.1-1. */
const longLength = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'] as const;

/** Value representation, PS3.5 6.2. */
export type Vr = (typeof shortLength)[number] | (typeof longLength)[number];

export interface VrForm {
  readonly vr: Vr;
  readonly longLength: boolean;
}

const codeOf = (vr: string): number => (vr.charCodeAt(0) << 8) | vr.charCodeAt(1);

/** By the two letters as one big-endian number. */
export const vrForms: ReadonlyMap<number, VrForm> = new Map([
  ...shortLength.map((vr): [number, VrForm] => [codeOf(vr), { vr, longLength: false }]),
  ...longLength.map((vr): [number, VrForm] => [codeOf(vr), { vr, longLength: true }]),
]);

const isUpperCase = (letter: number): boolean => letter >= 0x41 && letter <= 0x5a;

/** Whether the code could be a value representation of a later edition: two upper-case letters. */
export const looksLikeVr = (code: number): boolean => isUpperCase(code >> 8) && isUpperCase(code & 0xff);

/** What scanners write when they do not know: spaces, question marks, hyphens, all with a 16-bit length. */
const placeholders: ReadonlySet<number> = new Set(['  ', '??', '--'].map(codeOf));

export const isVrPlaceholder = (code: number): boolean => placeholders.has(code);
