/** A tag as the standard writes it, for example `(0010,0020)`. */
export const tagText = (tag: number): string => {
  const digits = tag.toString(16).padStart(8, '0').toUpperCase();
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
};
