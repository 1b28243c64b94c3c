import {
  deliveryDecider,
  jobDecider,
  studyDecider,
  type DeliveryState,
  type Followed,
  type JobState,
  type RetentionOutlook,
} from '@waystation/domain';
import type { AppendPart, CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** What is to be expected of something, and all that was read to say so. */
export interface ReadOutlook {
  readonly outlook: RetentionOutlook;
  readonly followed: Followed;
  /** Parts for an append that is to be refused where any of what was read has gone on since. */
  readonly unchanged: readonly AppendPart[];
}

/**
 * Reads what followed from a series or job, from streams of their own, until its outlook can be said.
 * @param outlookOf says it by what was read, or what is to be read next
 */
export const readOutlook = async (
  commands: CommandHandler,
  studyInstanceUid: string,
  outlookOf: (followed: Followed) => RetentionOutlook,
): Promise<ReadOutlook> => {
  const unchanged: AppendPart[] = [];
  const note = (stream: string, expected: number): void => void unchanged.push({ stream, expected, events: [] });
  const studyStream = streamName.study(studyInstanceUid);
  const study = await commands.load(studyDecider, studyStream);
  note(studyStream, study.sequence);
  const deliveries = new Map<string, DeliveryState>();
  const jobs = new Map<string, JobState>();
  const followed: Followed = { study: study.state, deliveries, jobs };
  for (;;) {
    const outlook = outlookOf(followed);
    if (outlook.what !== 'unread') return { outlook, followed, unchanged };
    for (const id of outlook.deliveries) {
      const { state, sequence } = await commands.load(deliveryDecider, streamName.delivery(id));
      deliveries.set(id, state);
      note(streamName.delivery(id), sequence);
    }
    for (const id of outlook.jobs) {
      const { state, sequence } = await commands.load(jobDecider, streamName.job(id));
      jobs.set(id, state);
      note(streamName.job(id), sequence);
    }
  }
};
