/** Tabulator, line feed, form feed, carriage return, and the beginning of a code extension (PS3.5 6.1.3). */
const controlsOfText: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** Whether the bytes from `start` to `end` have no control characters but those of text, and NULs behind them. */
export const looksLikeText = (source: Buffer, start: number, end: number): boolean => {
  let last = end;
  while (last > start && source[last - 1] === 0) last--;
  for (let at = start; at < last; at++) {
    const byte = source[at] ?? 0;
    if (byte < 0x20 && !controlsOfText.has(byte)) return false;
  }
  return true;
};
