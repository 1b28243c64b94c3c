type Path = readonly (string | number)[];

/** What JSON can be called and most that copies it drops without a word, since to assign it means something else in JavaScript. */
const LOST = '__proto__';

/**
 * Where a value that was read from JSON has keys called `__proto__`, at any depth. They are there in what `JSON.parse` returns, and
 * gone in what a schema or an assignment makes of that.
 */
export const lostKeys = (value: unknown): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): readonly Path[] => {
    const step = Array.isArray(value) ? Number(key) : key;
    if (key === LOST) return [[step]];
    return lostKeys(part).map((path) => [step, ...path]);
  });
};
