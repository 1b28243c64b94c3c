import type { ConfigurationDocument, KeptFor } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { noSuch } from './check-names.js';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds policies that name what is not there, that nothing can come to, and that keep the wrong things longer. */
export const checkRetention = (document: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const { policies, keep } = document.retention;
  return [
    ...policies.flatMap((policy) => {
      const path = `retention.policies.${policy.name}`;
      return [...checkWhom(policy, path, document), ...checkKeep(policy.keep, `${path}.keep`)];
    }),
    ...checkKeep(keep, 'retention.keep'),
    ...checkReached(policies),
  ];
};

type Policy = ConfigurationDocument['retention']['policies'][number];

const checkWhom = (
  { rules, calledAeTitles }: Policy,
  path: string,
  document: ConfigurationDocument,
): readonly ConfigurationProblem[] => {
  const names = document.rules.map(({ name }) => name);
  const listed = document.applicationEntities.map(({ aeTitle }) => trimAeTitle(aeTitle));
  const strangers = listed.length === 0 ? [] : calledAeTitles.map(trimAeTitle).filter((one) => !listed.includes(one));
  return [
    ...rules
      .filter((rule) => !names.includes(rule))
      .map((rule) => errorAt(`${path}.rules`, noSuch('rule', rule, names))),
    // What came before the title was taken off the list still has to go one day.
    ...strangers.map((title) => warningAt(`${path}.calledAeTitles`, noSuch('AE title of ours', title, listed))),
  ];
};

const checkKeep = (
  { deliveredDays, undeliveredDays, undecidedDays }: KeptFor,
  path: string,
): readonly ConfigurationProblem[] => {
  const shorter = (days: number | undefined): days is number =>
    days !== undefined && (deliveredDays === undefined || days < deliveredDays);
  const delivered = deliveredDays === undefined ? 'for ever' : `for ${deliveredDays} days`;
  return [
    ...(shorter(undeliveredDays)
      ? [
          warningAt(
            `${path}.undeliveredDays`,
            `what did not arrive is kept for ${undeliveredDays} days, what did ${delivered}: the only copy goes first`,
          ),
        ]
      : []),
    ...(shorter(undecidedDays)
      ? [
          warningAt(
            `${path}.undecidedDays`,
            `what no rule wanted is kept for ${undecidedDays} days, what was delivered ${delivered}: the only copy goes first`,
          ),
        ]
      : []),
  ];
};

/** A policy behind one that fits wherever it does is never asked. */
const checkReached = (policies: readonly Policy[]): readonly ConfigurationProblem[] =>
  policies.flatMap((policy, index) => {
    const before = policies.slice(0, index).find((other) => covers(other, policy));
    return before === undefined
      ? []
      : [
          errorAt(
            `retention.policies.${policy.name}`,
            `it never holds: '${before.name}' stands before it and always fits`,
          ),
        ];
  });

const covers = (wide: Policy, narrow: Policy): boolean =>
  coversList(wide.calledAeTitles.map(trimAeTitle), narrow.calledAeTitles.map(trimAeTitle)) &&
  coversList(wide.rules, narrow.rules);

const coversList = (wide: readonly string[], narrow: readonly string[]): boolean =>
  wide.length === 0 || (narrow.length > 0 && narrow.every((one) => wide.includes(one)));
