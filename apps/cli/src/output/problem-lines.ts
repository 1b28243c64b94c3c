import type { ConfigurationProblem } from '@waystation/answers';

/** What is wrong with a configuration, a paragraph each. */
export const problemLines = (problems: readonly ConfigurationProblem[]): readonly string[] =>
  problems.flatMap(({ severity, path, problem }) => {
    const [sentence = '', ...place] = problem.split('\n');
    return [`${severity}: ${path === '' ? '' : `${path}: `}${sentence}`, ...place];
  });
