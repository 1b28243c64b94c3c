import { configurationDecider } from '@waystation/domain';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, ConfigurationDocument, type ConfigurationPublished } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/**
 * The configuration that decided, which may be another than the one in force by now.
 * @throws CodedError `configuration.unknown-version`
 */
export const configurationOfVersion = async (
  commands: CommandHandler,
  log: Pick<EventLog, 'readStream'>,
  version: number,
): Promise<ConfigurationDocument> => {
  const { state } = await commands.load(configurationDecider, streamName.configuration);
  if (state.version === version) return state.document;
  const events = await log.readStream(streamName.configuration);
  const published = events.find((event) => (event.data as Partial<ConfigurationPublished['data']>).version === version);
  if (published === undefined)
    throw new CodedError('configuration.unknown-version', `the log has no configuration ${version}`);
  return ConfigurationDocument.parse((published.data as ConfigurationPublished['data']).document);
};
