import { pendingSeries, seriesDecider, type StudyState } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** Which series hold a study open now, by UID: {@link pendingSeries}, read from their own streams. */
export const loadPendingSeries = async (commands: CommandHandler, study: StudyState): Promise<readonly string[]> => {
  const streams = study.series.map(({ seriesInstanceUid }) => streamName.series(seriesInstanceUid));
  const loaded = await Promise.all(streams.map((stream) => commands.load(seriesDecider, stream)));
  return pendingSeries(
    study,
    loaded.map(({ state }) => state),
  );
};
