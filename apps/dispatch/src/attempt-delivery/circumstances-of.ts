import { configurationDecider, deliveryDecider, type Circumstances, type ConfigurationState } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type DeliveryRequested } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** What decides whether a delivery may be attempted at an instant, and the configuration that says so. */
export const circumstancesOf = async (
  commands: CommandHandler,
  { after }: DeliveryRequested['data'],
  now: Instant,
): Promise<{ readonly circumstances: Circumstances; readonly configuration: ConfigurationState }> => {
  const { state: configuration } = await commands.load(configurationDecider, streamName.configuration);
  const { version, document } = configuration;
  const around = { now, configurationVersion: version, offPeak: document.schedule.offPeak };
  if (after === undefined) return { circumstances: around, configuration };
  const { state } = await commands.load(deliveryDecider, streamName.delivery(after));
  const isOver = state.status === 'succeeded' || state.status === 'abandoned' || state.status === 'unknown';
  return { circumstances: { ...around, predecessor: isOver ? state.status : 'open' }, configuration };
};
