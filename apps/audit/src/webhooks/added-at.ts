import type { EventLog } from '@waystation/event-log';
import { streamName, type ConfigurationPublished } from '@waystation/events';

/** Versions that are read at once; most subscriptions are in force since a few. */
const WINDOW = 20;

/**
 * The position of the configuration since which there is a subscription of a name, without a break; 0 where there is none.
 * @param version the one in force
 */
export const addedAt = async (log: Pick<EventLog, 'readStream'>, name: string, version: number): Promise<number> => {
  let added = 0;
  for (let through = version; through > 0; through -= WINDOW) {
    const range = { after: Math.max(0, through - WINDOW), through };
    for (const { data, position } of (await log.readStream(streamName.configuration, range)).toReversed()) {
      // A version of before there were subscriptions has no list of them.
      const subscriptions = (data as ConfigurationPublished['data']).document.subscriptions as
        readonly { name: string }[] | undefined;
      if (!subscriptions?.some((one) => one.name === name)) return added;
      added = position;
    }
  }
  return added;
};
