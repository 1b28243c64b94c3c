/** Names and values that tell series of one metric apart. Few values each: a series lives as long as the process. */
export type Labels = Readonly<Record<string, string>>;

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** Labels as the exposition format has them, the same text for the same labels: `{queue="deliver/pacs"}`. */
export const labelText = (labels: Labels): string => {
  const pairs = Object.keys(labels)
    .toSorted()
    .map((name) => `${name}="${escaped(labels[name] ?? '')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};
