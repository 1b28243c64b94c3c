import { pendingSeries, seriesDecider, type StudyState } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** Series that are read at the same time: a study may have hundreds. */
const AT_ONCE = 8;

/**
 * Which series hold a study open now, by UID: {@link pendingSeries}, read from their own streams, the newest first.
 * @param enough where so many are found, no more are looked for; all if not given
 */
export const loadPendingSeries = async (
  commands: CommandHandler,
  study: StudyState,
  enough = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> => {
  const streams = study.series.map(({ seriesInstanceUid }) => streamName.series(seriesInstanceUid)).toReversed();
  const pending: string[] = [];
  for (let start = 0; start < streams.length && pending.length < enough; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE);
    const loaded = await Promise.all(some.map((stream) => commands.load(seriesDecider, stream)));
    pending.push(
      ...pendingSeries(
        study,
        loaded.map(({ state }) => state),
      ),
    );
  }
  return pending.toSorted();
};
