/** A number of things in words: `1 object`, `2 objects`. @param noun one whose plural only has an s more */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
