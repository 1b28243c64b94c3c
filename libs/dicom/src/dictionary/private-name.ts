/**
 * What a private element is called: group and element as PS3.5 7.8.1 writes them, with the block left open, and who
 * reserved it, for example `(0019,xx0C,SIEMENS MR HEADER)`.
 *
 * @param tag `gggg00ee`
 */
export const privateName = (tag: number, creator: string): string => {
  const digits = tag.toString(16).padStart(8, '0').toUpperCase();
  return `(${digits.slice(0, 4)},xx${digits.slice(6)},${creator})`;
};
