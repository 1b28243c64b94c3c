/** Levenshtein distance: how many characters to insert, remove or replace. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The name that was probably meant, at most `tolerance` changes away; undefined where none is. */
export const nearestName = (text: string, names: readonly string[], tolerance: number): string | undefined => {
  const [nearest] = names
    .map((name) => ({ name, changes: distance(text, name) }))
    .filter(({ changes }) => changes <= tolerance)
    .toSorted((a, b) => a.changes - b.changes);
  return nearest?.name;
};
