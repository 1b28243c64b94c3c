/** Changes a JSON file, keeping its form. */
export const editJson = (tree, path, edit) => {
  const json = JSON.parse(tree.read(path, 'utf8'));
  edit(json);
  tree.write(path, `${JSON.stringify(json, undefined, 2)}\n`);
};

/** An object with one more member, at its place among names in order. */
export const withMember = (object, name, value) => {
  const entries = Object.entries(object).filter(([key]) => key !== name);
  const place = entries.findIndex(([key]) => key.localeCompare(name, 'en') > 0);
  return Object.fromEntries(entries.toSpliced(place < 0 ? entries.length : place, 0, [name, value]));
};
