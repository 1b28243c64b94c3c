import { CodedError } from '@waystation/kernel';
import type { ConfigurationProblem } from './configuration-problem.js';

/** @throws CodedError `configuration.invalid` with every error; warnings keep nothing from being published */
export const assertPublishable = (problems: readonly ConfigurationProblem[]): void => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const sentences = errors.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`));
  throw new CodedError('configuration.invalid', sentences.join('\n'), { details: { problems: errors } });
};
