/** Some writers deflate with the header of RFC 1950, which no raw stream begins with: it would be a damaged stored block. */
export const hasZlibHeader = (bytes: Buffer): boolean => {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
};
