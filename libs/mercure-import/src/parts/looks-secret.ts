const name =
  /token|secret|passw|credential|signature|cookie|authorization|(api|access|auth|private|encryption)[-_ ]?key|(^|[-_ ])key($|[-_ ])/i;
const text =
  /^\s*(bearer|basic|digest|token)\s+\S|:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(glpat-|gh[pousr]_)\w/i;

/** Whether a value looks like one that nobody may read, for what it is called or for how it begins. */
export const looksSecret = (key: string, value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') &&
  String(value).trim() !== '' &&
  (name.test(key) || text.test(String(value)));
