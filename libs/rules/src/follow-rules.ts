import type { Rule } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';

/** Which rules apply, and why others were not asked. */
export interface FollowedRules {
  /** Rules that matched and apply, in the order of the rules. */
  readonly matched: readonly Rule[];
  /** What kept a rule from being asked. */
  readonly notAsked: ReadonlyMap<Rule, 'disabled' | 'not-asked' | 'fallback-not-needed'>;
}

const isCalled = ({ calledAeTitles }: Rule, calledAeTitle: string | undefined): boolean =>
  calledAeTitles.length === 0 ||
  (calledAeTitle !== undefined && calledAeTitles.some((title) => trimAeTitle(title) === trimAeTitle(calledAeTitle)));

/**
 * Asks rules: each that is enabled, meant for the called title and no fallback; fallbacks only where none of those
 * matched, one after another until one does.
 */
export const followRules = (
  rules: readonly Rule[],
  calledAeTitle: string | undefined,
  matches: (rule: Rule) => boolean,
): FollowedRules => {
  const notAsked = new Map<Rule, 'disabled' | 'not-asked' | 'fallback-not-needed'>();
  const asked = rules.filter((rule) => {
    if (rule.disabled) notAsked.set(rule, 'disabled');
    else if (!isCalled(rule, calledAeTitle)) notAsked.set(rule, 'not-asked');
    else return true;
    return false;
  });
  const ordinary = asked.filter((rule) => !rule.fallback && matches(rule));
  if (ordinary.length > 0) {
    for (const rule of asked) if (rule.fallback) notAsked.set(rule, 'fallback-not-needed');
    return { matched: ordinary, notAsked };
  }
  const matched: Rule[] = [];
  for (const rule of asked.filter(({ fallback }) => fallback)) {
    if (matched.length > 0) notAsked.set(rule, 'fallback-not-needed');
    else if (matches(rule)) matched.push(rule);
  }
  return { matched, notAsked };
};
