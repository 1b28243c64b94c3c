import type { Vr } from '../dictionary/value-representations.js';

/** Value representations whose values are binary numbers, with the bytes of one value: PS3.5 table 6.2-1. */
export const numericVrs = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, UV: 8, SV: 8, AT: 4 } as const;

export type NumericVr = keyof typeof numericVrs;

export const isNumeric = (vr: Vr): vr is NumericVr => vr in numericVrs;
