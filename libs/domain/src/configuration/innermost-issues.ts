import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Something that does not have the form it has to have, and where. */
export interface FormIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of alternatives, none of which fits, what is wrong with the one that was meant: the one that gets furthest. */
export const innermostIssues = (issue: Issue): readonly FormIssue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const depthOf = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length));
  const [best = []] = [...issue.errors].filter((each) => each.length > 0).toSorted((a, b) => depthOf(b) - depthOf(a));
  return depthOf(best) <= 0 ? [issue] : best.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
};
