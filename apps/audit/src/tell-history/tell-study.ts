import type { StudyCompleted, StudyForceCompleted, StudyRouted, StudySeriesMatched } from '@waystation/events';

const because = (reason = ''): string => (reason === '' ? '' : `: ${reason}`);

const lacking = ({ pending, missing }: Pick<StudyCompleted['data'], 'pending' | 'missing'>): string =>
  [
    pending.length === 0 ? '' : `; ${pending.length} series still came`,
    missing.length === 0 ? '' : `; there was no ${missing.map((part) => `'${part}'`).join(', ')}`,
  ].join('');

const whyComplete: Readonly<Record<StudyCompleted['data']['trigger'], string>> = {
  quiet: 'no series came for the quiet period',
  'listed-series': 'the series that are listed are there',
  forced: 'the limit passed',
  manual: 'completed by hand',
};

/** What a rule collected, in a sentence. */
export const tellMatch = ({ rule, series }: StudySeriesMatched['data']): string =>
  `'${rule}' takes series ${series.seriesInstanceUid}, revision ${series.revision}, and waits for the study`;

/** What became of a study that was not complete, in a sentence. */
export const tellForced = (forced: StudyForceCompleted['data']): string => {
  const { rule, action, by, series, reason } = forced;
  const what = {
    proceed: 'it goes on as it is',
    discard: `${series.length} series of it go nowhere; their objects are kept`,
    ignore: 'it waits on, without a limit',
  }[action];
  const who = by === 'operator' ? `somebody ended the waiting for '${rule}'` : `the limit of '${rule}' passed`;
  return `${who}: ${what}${lacking(forced)}${because(reason)}`;
};

/** Why a study is complete, in a sentence. */
export const tellStudyCompletion = (completed: StudyCompleted['data']): string => {
  const { rule, revision, trigger, follow, series, reason } = completed;
  const followed = follow === undefined ? '' : `; '${follow}' is followed in its place`;
  return `study complete for '${rule}', revision ${revision}, with ${series.length} series: ${whyComplete[trigger]}${lacking(completed)}${followed}${because(reason)}`;
};

/** Where a study goes, in a sentence. */
export const tellStudyDeliveries = (routed: StudyRouted['data']): string => {
  const { rule, revision, deliveries, alreadyRequested, jobs = [] } = routed;
  const processed = jobs.map(({ module }) => `, to be processed by ${module}`).join('');
  const targets = [...new Set(deliveries.map(({ target }) => `, to ${target}`))].join('');
  const before = alreadyRequested.length === 0 ? '' : `; ${alreadyRequested.length} requested before`;
  return `revision ${revision} for '${rule}': ${deliveries.length} deliveries requested${targets}${before}${processed}`;
};
