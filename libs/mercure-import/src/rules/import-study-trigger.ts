import { StudyTrigger } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { parseListedSeries } from '@waystation/rules';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt, wordAt } from '../parts/values.js';
import type { StudyTimes } from './rule-context.js';

const fields = ['study_trigger_condition', 'study_trigger_series', 'study_force_completion_action'] as const;

/** Tells that what is said of studies does not concern a rule that is followed for each series. */
export const tellNoStudy = (rule: Part): void => {
  for (const field of fields) rule.at(field).taken('it is asked only of rules that wait for the study');
};

/** What a study rule waits for; undefined with the rule told where Waystation cannot wait for that. */
export const importStudyTrigger = (rule: Part, times: StudyTimes): StudyTrigger | undefined => {
  const [condition, series, action] = [rule.at(fields[0]), rule.at(fields[1]), rule.at(fields[2])];
  const waitsFor = wordAt(condition, ['timeout', 'received_series'], 'timeout');
  const listed = textAt(series).trim();
  const force = wordAt(action, ['discard', 'proceed', 'ignore'], 'discard');
  const bySeries = waitsFor === 'received_series' && listed !== '';
  const unreadable = bySeries ? problemWith(listed) : undefined;
  if (unreadable !== undefined) {
    rule.droppedAfterAll('the rule is left out, for the series that it waits for');
    series.droppedAfterAll(unreadable);
    return undefined;
  }
  const { data, error } = StudyTrigger.safeParse({ ...times, force, ...(bySeries ? { series: listed } : {}) });
  if (error !== undefined) {
    rule.droppedAfterAll(`Waystation cannot wait for a study so: ${problemsOf(error)}`);
    return undefined;
  }
  if (waitsFor === 'received_series' && !bySeries)
    condition.changed('no series are listed: as in mercure, study.quietPeriodSeconds decides then');
  condition.taken(bySeries ? 'study.series decides when the study is complete' : 'study.quietPeriodSeconds decides');
  if (bySeries) series.taken('study.series has it');
  else series.taken('it is not asked: the study is complete once it is quiet');
  action.taken(`study.force is "${force}"`);
  return data;
};

const problemWith = (listed: string): string | undefined => {
  try {
    parseListedSeries(listed);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};
