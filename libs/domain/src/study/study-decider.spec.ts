import { ConfigurationDocument, StudyOpened, StudySeriesAdded } from '@waystation/events';
import { exampleStudy, given } from '@waystation/testing';
import { describe, it } from 'vitest';
import type { AddSeries, CollectSeries } from './study-command.js';
import { lookAtStudy, studyDecider } from './study-decider.js';
import type { StudyState } from './study-state.js';

const studyInstanceUid = '1.2.3';
const ct = { seriesInstanceUid: '1.2.3.1', modality: 'CT', seriesDescription: 'AX' };
const sr = { seriesInstanceUid: '1.2.3.2', modality: 'SR', seriesDescription: 'DOSE' };
const add = (series: AddSeries['series']): AddSeries => ({ kind: 'add-series', studyInstanceUid, series });
const opened = StudyOpened.of({ studyInstanceUid });

describe('a study', () => {
  it('is opened by its first series', () => {
    given(studyDecider)
      .when(add(ct))
      .then([opened, StudySeriesAdded.of(ct)])
      .thenState({ status: 'open', studyInstanceUid, series: [ct], collections: [] })
      .thenDue(undefined);
  });

  it('takes another series, in order of arrival', () => {
    given(studyDecider, [opened, StudySeriesAdded.of(sr)])
      .when(add(ct))
      .then([StudySeriesAdded.of(ct)])
      .thenState({ series: [sr, ct] });
  });

  it('has nothing to do where it knows the series', () => {
    given(studyDecider, [opened, StudySeriesAdded.of(ct)])
      .when(add(ct))
      .then([]);
  });

  it('is unknown without events', () => {
    given(studyDecider).thenState({ status: 'unknown', series: [] }).thenDue(undefined);
  });
});

const { series, matched, completed, forceCompleted } = exampleStudy;
const collect = (number: number, rules: readonly string[], revision = 1): CollectSeries => ({
  kind: 'collect-series',
  studyInstanceUid: exampleStudy.studyInstanceUid,
  added: exampleStudy.added(number).data,
  series: series(number, { revision }),
  rules,
});
const known = [exampleStudy.opened(), exampleStudy.added(1)];
const waiting = (state: StudyState) => state.collections.map(({ rule, waiting: waits }) => [rule, waits.length]);

describe('a series that rules match which wait for its study', () => {
  it('is collected by each of them, and the study is looked at at once', () => {
    given(studyDecider, known)
      .when(collect(1, ['Whole study', 'Other']))
      .then([matched(1), matched(1, {}, 'Other')])
      .thenDue({ ...lookAtStudy, since: '2026-01-01T00:00:03.000Z' });
  });

  it('makes itself known to a study that did not hear of it yet', () => {
    given(studyDecider)
      .when(collect(1, ['Whole study']))
      .then([exampleStudy.opened(), exampleStudy.added(1), matched(1)])
      .when({ kind: 'add-series', studyInstanceUid: exampleStudy.studyInstanceUid, series: exampleStudy.added(1).data })
      .then([]);
  });

  it('is collected once however often it is told, whatever became of it', () => {
    for (const history of [
      [...known, matched(1)],
      [...known, matched(1), completed(1, [series(1)])],
      [...known, matched(1), forceCompleted('discard', [series(1)])],
    ])
      given(studyDecider, history)
        .when(collect(1, ['Whole study']))
        .then([]);
  });

  it('is collected again by its next revision', () => {
    given(studyDecider, [...known, matched(1), completed(1, [series(1)])])
      .when(collect(1, ['Whole study'], 2))
      .then([matched(1, { revision: 2 })])
      .thenState((state) => {
        if (waiting(state)[0]?.[1] !== 1) throw new Error('the second revision does not wait');
      });
  });
});

describe('the timer of a study', () => {
  const ask = { pending: [], configuration: exampleStudy.configuration, document: ConfigurationDocument.parse({}) };

  it('counts from the last match of what waits', () => {
    given(studyDecider, [...known, matched(1), matched(1, {}, 'Other'), matched(2)]).thenDue({
      ...lookAtStudy,
      since: '2026-01-01T00:00:04.000Z',
    });
  });

  it('is set no longer once nothing waits', () => {
    given(studyDecider, [...known, matched(1), completed(1, [series(1)])]).thenDue(undefined);
    given(studyDecider, [...known, matched(1), forceCompleted('discard', [series(1)])]).thenDue(undefined);
  });

  it('stays while a rule waits that is not in force any more', () => {
    given(studyDecider, [...known, matched(1)])
      .when({ kind: 'ask-study', rule: 'Whole study', now: '2027-01-01T00:00:00.000Z', ...ask })
      .then([])
      .thenDue({ ...lookAtStudy, since: '2026-01-01T00:00:02.000Z' });
  });
});
