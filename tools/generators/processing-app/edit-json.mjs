import { format, resolveConfig } from 'prettier';

/** Changes a JSON file and gives it the form that files of this repository have. */
export const editJson = async (tree, path, edit) => {
  const json = JSON.parse(tree.read(path, 'utf8'));
  edit(json);
  const form = await resolveConfig(`${tree.root}/${path}`);
  tree.write(path, await format(JSON.stringify(json, undefined, 2), { ...form, filepath: path }));
};

/** An object with one more member, at its place among names in order. */
export const withMember = (object, name, value) => {
  const entries = Object.entries(object).filter(([key]) => key !== name);
  const place = entries.findIndex(([key]) => key.localeCompare(name, 'en') > 0);
  return Object.fromEntries(entries.toSpliced(place < 0 ? entries.length : place, 0, [name, value]));
};
