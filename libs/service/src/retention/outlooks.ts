import {
  calledTitleOf,
  outlookOfJob,
  outlookOfSeries,
  seriesDecider,
  type ExpireJob,
  type ExpireObjects,
  type KnownJob,
  type KnownSeries,
} from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { readOutlook, type ReadOutlook } from './read-outlook.js';

/** When, and by which configuration, it is asked how long something is kept. */
export type RetentionQuestion = Pick<ExpireObjects, 'now' | 'configuration'>;

/** What is to be expected of the objects of a series, and the command that follows from it. */
export const readOutlookOfSeries = async (
  commands: CommandHandler,
  series: KnownSeries,
  question: RetentionQuestion,
): Promise<ReadOutlook & { readonly command: ExpireObjects }> => {
  const read = await readOutlook(commands, series.studyInstanceUid, (followed) =>
    outlookOfSeries(series, { ...question, followed }),
  );
  return { ...read, command: { kind: 'expire-objects', ...question, followed: read.followed } };
};

/** What is to be expected of what a job made, and the command that follows from it. */
export const readOutlookOfJob = async (
  commands: CommandHandler,
  job: KnownJob,
  question: RetentionQuestion,
): Promise<ReadOutlook & { readonly command: ExpireJob }> => {
  const series = await seriesOf(commands, job);
  const about = {
    ...question,
    calledAeTitle: series[0] && calledTitleOf(series[0]),
    isHeld: series.some(({ hold }) => hold !== undefined),
  };
  const read = await readOutlook(commands, job.request.studyInstanceUid, (followed) =>
    outlookOfJob(job, { ...about, followed }),
  );
  return { ...read, command: { kind: 'expire-job', ...about, followed: read.followed } };
};

/** The series that a job was about. */
const seriesOf = async (commands: CommandHandler, { request }: KnownJob): Promise<readonly KnownSeries[]> => {
  const named = request.input.flatMap((part) => ('seriesInstanceUid' in part ? [part.seriesInstanceUid] : []));
  const uids = new Set([...(request.seriesInstanceUid === undefined ? [] : [request.seriesInstanceUid]), ...named]);
  const found: KnownSeries[] = [];
  for (const uid of uids) {
    const { state } = await commands.load(seriesDecider, streamName.series(uid));
    if (state.status !== 'unknown') found.push(state);
  }
  return found;
};
