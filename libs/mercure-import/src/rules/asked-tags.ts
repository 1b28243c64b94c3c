const asked =
  /@(?<marked>[^@\n]+)@|\btags\.(?<attribute>[A-Za-z]\w*)|\btags\[\s*(?:'(?<single>[^'\n]*)'|"(?<double>[^"\n]*)")\s*\]|(?<quote>['"])(?<sought>[^'"\n]*)\k<quote>(?=\s+(?:not\s+)?in\s+tags\b(?!\s*[.[]))/g;

type Groups = Readonly<Record<string, string | undefined>>;

const nameIn = ({ marked, attribute, single, double, sought }: Groups): string =>
  marked ?? attribute ?? single ?? double ?? sought ?? '';

/** The names of tags that a rule of mercure asks for, as it writes them. */
export const askedTags = (rule: string): readonly string[] =>
  [...rule.matchAll(asked)].map(({ groups = {} }) => nameIn(groups));

/** The rule with tags under their names here. @param renamed names by those that mercure knows */
export const renameTags = (rule: string, renamed: ReadonlyMap<string, string>): string => {
  const lower = new Map([...renamed].map(([name, other]) => [name.toLowerCase(), other]));
  return rule.replaceAll(asked, (whole, ...rest) => {
    const groups = rest.at(-1) as Groups;
    const name = nameIn(groups);
    // Only an attribute is found in any case.
    const other = groups['attribute'] === undefined ? renamed.get(name) : lower.get(name.toLowerCase());
    if (other === undefined) return whole;
    if (groups['marked'] !== undefined) return `@${other}@`;
    return groups['sought'] === undefined ? `tags["${other}"]` : `'${other}'`;
  });
};
