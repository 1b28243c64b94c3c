import type { WhatIfSummary } from '@waystation/answers';

/** How much would differ. @param told differences that were shown */
export const whatIfSummary = (summary: WhatIfSummary, told: number): readonly string[] => {
  const { from, to, decisions, different, unknown, outcomes, targets, rules, jobs } = summary;
  if (decisions + jobs.decisions === 0) return ['nothing was decided then: there is nothing to compare'];
  const all = different + jobs.different;
  const more = all > told ? `; ${all - told} more than are told here` : '';
  return [
    `${different === 0 ? 'none' : different} of ${decisions} decisions would differ (positions ${from} to ${to})${more}`,
    ...Object.entries(outcomes).map(([change, count]) => `  ${change}: ${count}`),
    ...Object.entries(targets).map(([target, count]) => `  to ${target}: ${count.more} more, ${count.fewer} fewer`),
    ...Object.entries(rules).map(([rule, count]) => `  by ${rule}: ${count}`),
    ...(unknown.forgotten === 0
      ? []
      : [`of ${unknown.forgotten} nobody knows any more who the patient is, which these rules ask`]),
    ...(unknown.notRead === 0
      ? []
      : [
          `of ${unknown.notRead} nobody knows what these rules ask, because it was not read from objects then: ${unknown.names.join(', ')}`,
        ]),
    ...jobLines(jobs),
  ];
};

const jobLines = ({ decisions, different, unknown, outcomes, targets }: WhatIfSummary['jobs']): readonly string[] => {
  if (decisions === 0) return [];
  const { forgotten, undecided, runs } = unknown;
  return [
    `of ${different === 0 ? 'none' : different} of ${decisions} jobs something else would follow, by what they found`,
    ...Object.entries(outcomes).map(([change, count]) => `  ${change}: ${count}`),
    ...Object.entries(targets).map(([target, count]) => `  to ${target}: ${count.more} more, ${count.fewer} fewer`),
    ...Object.entries(runs).map(([module, count]) => `  ${count} would run ${module}; what it finds is not known`),
    ...(forgotten === 0 ? [] : [`  of ${forgotten} nobody knows any more what was found: the patient is forgotten`]),
    ...(undecided === 0 ? [] : [`  of ${undecided} nobody knows whether they would have been requested`]),
  ];
};
