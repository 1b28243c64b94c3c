/** Application entity title, PS3.5 table 6.2-1 (AE): 1 to 16 printable characters, no backslash, not only spaces. */
export const isAeTitle = (text: string): boolean => /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(text) && text.trim().length > 0;

/** Leading and trailing spaces of an AE title are not significant (PS3.5 table 6.2-1). */
export const trimAeTitle = (text: string): string => text.replace(/\0/g, ' ').trim();
