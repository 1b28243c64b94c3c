import { StudyOpened, StudySeriesAdded, type Recorded } from '@waystation/events';
import type { Decider } from '../decider.js';

export interface StudyState {
  readonly status: 'unknown' | 'open';
  readonly studyInstanceUid: string;
  /** In order of arrival. */
  readonly series: readonly StudySeriesAdded['data'][];
}

/** A series was seen to belong to the study. */
export interface AddSeries {
  readonly kind: 'add-series';
  readonly studyInstanceUid: string;
  readonly series: StudySeriesAdded['data'];
}

export type StudyEvent = StudyOpened | StudySeriesAdded;

/** Which series a study has. */
export const studyDecider: Decider<StudyState, AddSeries, StudyEvent> = {
  initial: { status: 'unknown', studyInstanceUid: '', series: [] },
  decide: (state, { studyInstanceUid, series }) => {
    const known = state.series.some(({ seriesInstanceUid }) => seriesInstanceUid === series.seriesInstanceUid);
    return [
      ...(state.status === 'unknown' ? [StudyOpened.of({ studyInstanceUid })] : []),
      ...(known ? [] : [StudySeriesAdded.of(series)]),
    ];
  },
  evolve: (state, event: Recorded<StudyEvent>) =>
    event.type === 'study.opened.v1'
      ? { status: 'open', studyInstanceUid: event.data.studyInstanceUid, series: [] }
      : { ...state, series: [...state.series, event.data] },
  due: () => undefined,
};
