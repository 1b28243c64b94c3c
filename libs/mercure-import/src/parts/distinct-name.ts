/** Characters of a name of the configuration, at most. */
export const LONGEST_NAME = 64;

/** A name, or the same with the first number behind it that is free. */
export const distinctName = (name: string, used: ReadonlySet<string>): string => {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` ${number}`;
    const candidate = `${name.slice(0, LONGEST_NAME - end.length).replace(/[ .]+$/, '')}${end}`;
    if (!used.has(candidate)) return candidate;
  }
};
