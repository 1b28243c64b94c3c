import { ConfigurationDocument, withoutSchemaName } from '@waystation/events';
import { lostKeys } from '@waystation/kernel';
import { checkConfiguration } from './check-configuration.js';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';
import { innermostIssues } from './innermost-issues.js';
import { namedLists } from './named-lists.js';
import { standIn } from './stand-in.js';

/** What somebody wants to be the configuration, looked at. */
export interface CheckedSubmission {
  /** Undefined where it is no configuration at all. */
  readonly document: ConfigurationDocument | undefined;
  /** What is wrong with its form, and behind that what would fail later. */
  readonly problems: readonly ConfigurationProblem[];
}

type Path = readonly PropertyKey[];

/**
 * Looks at anything that is to be a configuration, also at a file that names its `$schema`, and finds everything at once:
 * what has no right form does not hide what is wrong elsewhere.
 * @param knownTagsOf names that conditions may use, where a document is in force
 */
export const checkSubmission = (
  value: unknown,
  knownTagsOf: (document: ConfigurationDocument) => readonly string[],
): CheckedSubmission => {
  const submitted = withoutSchemaName(value);
  const parsed = ConfigurationDocument.safeParse(submitted);
  const lost = lostKeys(submitted).map((path) => errorAt(placeOf(submitted, path), 'nothing can be called __proto__'));
  if (parsed.success) {
    const found = checkConfiguration(parsed.data, knownTagsOf(parsed.data));
    return { document: lost.length === 0 ? parsed.data : undefined, problems: [...lost, ...found] };
  }
  const issues = parsed.error.issues.flatMap(innermostIssues);
  const problems = [...issues.map(({ path, message }) => errorAt(placeOf(submitted, path), message)), ...lost];
  const rest = ConfigurationDocument.safeParse(
    standIn(
      submitted,
      issues.map(({ path }) => path),
    ),
  );
  return {
    document: undefined,
    problems: rest.success ? [...problems, ...checkConfiguration(rest.data, knownTagsOf(rest.data))] : problems,
  };
};

/** The path by names instead of numbers: `rules.CT.condition`, where the third rule is called CT. */
const placeOf = (value: unknown, path: Path): string => {
  const words: string[] = [];
  let at = value;
  for (const key of path) {
    const list = namedLists.find((each) => each.path === words.join('.'));
    at = (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];
    const name = list === undefined ? undefined : (at as Readonly<Record<string, unknown>> | undefined)?.[list.key];
    words.push(typeof name === 'string' ? name : String(key));
  }
  return words.join('.');
};
