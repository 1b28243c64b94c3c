import { StudyOpened, StudySeriesAdded } from '@waystation/events';
import { given } from '@waystation/testing';
import { describe, it } from 'vitest';
import { studyDecider, type AddSeries } from './study-decider.js';

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
      .thenState({ status: 'open', studyInstanceUid, series: [ct] })
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
