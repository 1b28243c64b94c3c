import type { ConfigurationDocument } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { parseListedSeries } from '@waystation/rules';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds lists of series that a study is to have and that cannot be read. */
export const checkListedSeries = ({ rules }: ConfigurationDocument): readonly ConfigurationProblem[] =>
  rules.flatMap(({ name, study }) => {
    if (study?.series === undefined) return [];
    try {
      parseListedSeries(study.series);
      return [];
    } catch (error) {
      return [errorAt(`rules.${name}.study.series`, messageOf(error))];
    }
  });
