import type { ConfigurationDocument, Rule } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { warningAt, type ConfigurationProblem } from './configuration-problem.js';

const always = (condition: string): boolean => /^[\s(]*True[\s)]*$/.test(condition);

const titlesOf = ({ calledAeTitles }: Rule): readonly string[] => calledAeTitles.map(trimAeTitle);

/** Whether a rule is asked wherever another one is, as far as the called AE titles decide. */
const coversTitles = (wide: Rule, narrow: Rule): boolean =>
  wide.calledAeTitles.length === 0 ||
  (narrow.calledAeTitles.length > 0 && titlesOf(narrow).every((title) => titlesOf(wide).includes(title)));

/** Finds fallbacks that are never asked, since another rule matches whatever comes. */
export const checkAsked = ({ rules }: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const greedy = rules.filter(({ condition, fallback, disabled }) => !fallback && !disabled && always(condition));
  return rules
    .filter(({ fallback, disabled }) => fallback && !disabled)
    .flatMap((rule) => {
      const before = greedy.find((other) => coversTitles(other, rule));
      return before === undefined
        ? []
        : [
            warningAt(
              `rules.${rule.name}`,
              `it is never asked: '${before.name}' always matches, and this is a fallback`,
            ),
          ];
    });
};
