import type { RoutedDelivery, SeriesRouted } from '@waystation/events';

/** What the rules decided about a series, in a sentence. */
export const tellDecision = (decision: SeriesRouted['data']): string => {
  const {
    outcome,
    reason,
    configuration,
    deliveries,
    verdicts,
    jobs = [],
    studyRules = [],
    withoutObjects = [],
  } = decision;
  const by = `${outcome} by configuration ${configuration.version}`;
  if (reason !== undefined) return `${by}: ${reason}`;
  const matched = verdicts.filter(({ verdict }) => verdict === 'matched').length;
  return [
    `${by}: ${matched} of ${verdicts.length} rule${verdicts.length === 1 ? '' : 's'} matched`,
    ...deliveries.map(whatGoes),
    ...jobs.map(({ module, whole }) => `${whole ? 'all of it ' : ''}processed by ${module}`),
    ...withoutObjects.map((target) => `no object for ${target}`),
    ...studyRules.map((rule) => `with its study by '${rule}'`),
  ].join(', ');
};

const whatGoes = ({ target, whole, sopInstanceUids }: RoutedDelivery): string => {
  const part = sopInstanceUids === undefined ? '' : `${sopInstanceUids.length} of its objects `;
  return `${part === '' && whole ? 'all of it ' : part}to ${target}`;
};
