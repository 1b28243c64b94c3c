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

/** The first `most` characters, with an ellipsis where some are left out. */
export const shorten = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${codePoints(text.slice(0, most + 1))
        .slice(0, most - 1)
        .join('')}…`;
