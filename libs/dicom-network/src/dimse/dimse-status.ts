import { dimseStatuses, type StatusMeaning } from './dimse-statuses.js';

const byCode = new Map<number, StatusMeaning>(Object.values(dimseStatuses).map((status) => [status.code, status]));

/** C-STORE leaves the low bits of these to the implementation (PS3.4 table B.2-1). */
const family = (code: number): number => {
  if (code >= 0xc000 && code <= 0xcfff) return dimseStatuses.cannotUnderstand.code;
  const high = code & 0xff00;
  return high === 0xa700 || high === 0xa900 ? high : code;
};

export const isSuccess = (code: number): boolean => code === dimseStatuses.success.code;

/** Stored, with a remark (PS3.7 C.4): `0xBxxx`, and 0x0001, 0x0107 and 0x0116 of the general statuses. */
export const isWarning = (code: number): boolean =>
  (code >= 0xb000 && code <= 0xbfff) || code === 0x0001 || code === 0x0107 || code === 0x0116;

export const isFailure = (code: number): boolean => !isSuccess(code) && !isWarning(code);

/** A status in words, for example `0xA700 out of resources`. */
export const dimseStatus = (code: number): string => {
  const hex = `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const meaning = byCode.get(family(code))?.meaning;
  return meaning === undefined ? hex : `${hex} ${meaning}`;
};
