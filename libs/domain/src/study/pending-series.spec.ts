import { exampleSeries, exampleStudy, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import { pendingSeries } from './pending-series.js';
import { studyDecider } from './study-decider.js';
import type { StudyEvent } from './study-event.js';

const { opened, stored, completed, routed } = exampleSeries;
const seriesInstanceUid = exampleStudy.seriesInstanceUid(1);
const begun = [opened(1, { seriesInstanceUid }), stored(1)];
const pending = (history: readonly SeriesEvent[], study: readonly StudyEvent[] = []): boolean => {
  const found = pendingSeries(given(studyDecider, study).state, [given(seriesDecider, history).state]);
  expect(found).toEqual(found.length === 0 ? [] : [seriesInstanceUid]);
  return found.length > 0;
};
const matchedByRule = routed(1, { outcome: 'routed', studyRules: ['Whole study'] });

describe('a series holds its study open', () => {
  it.each<[string, boolean, readonly SeriesEvent[], readonly StudyEvent[]]>([
    ['while objects come', true, begun, []],
    ['until a rule was asked', true, [...begun, completed(1)], []],
    ['until the study has heard of it', true, [...begun, completed(1), matchedByRule], []],
    ['no longer', false, [...begun, completed(1), matchedByRule], [exampleStudy.matched(1)]],
    ['not where no rule waits for it', false, [...begun, completed(1), routed(1)], []],
    ['not where nobody was asked', false, [...begun, completed(1), routed(1, { outcome: 'undecided' })], []],
    ['again while objects come late', true, [...begun, completed(1), routed(1), stored(2)], []],
    ['not before it is known', false, [], []],
  ])('%s: %s', (_when, expected, history, study) => {
    expect(pending(history, study)).toBe(expected);
  });
});
