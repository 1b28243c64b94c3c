/** The characters of a text. Positions and lengths count these, not UTF-16 units. */
export const codePoints = (text: string): readonly string[] => Array.from(text);

/** Orders texts by code point: negative, zero or positive. */
export const compareTexts = (left: string, right: string): number => {
  let at = 0;
  while (at < left.length && at < right.length) {
    const difference = (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
    if (difference !== 0) return difference;
    at += (left.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
};

/** What fits in `most` UTF-16 units, with an ellipsis where something is left out; no character is cut in two. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cutsPair = (text.codePointAt(most - 2) ?? 0) > 0xffff;
  return `${text.slice(0, cutsPair ? most - 2 : most - 1)}…`;
};
