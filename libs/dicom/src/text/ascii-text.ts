/** Starts a code extension, ISO 2022; text that has one is not what its bytes look like. */
const ESCAPE = 0x1b;

/** The text from `start` to `end` when every byte is plain ASCII, which is the same in every character set of PS3.3 C.12.1.1.2. */
export const asciiText = (source: Buffer, start: number, end: number): string | undefined => {
  for (let at = start; at < end; at++) {
    const byte = source[at] ?? 0;
    if (byte >= 0x80 || byte === ESCAPE) return undefined;
  }
  return source.toString('latin1', start, end);
};
