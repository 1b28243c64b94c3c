import { appDecider } from '@waystation/domain';
import { streamName, type AppAnnounced } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Platform } from '@waystation/service';
import { z } from 'zod';
import type { ProcessingModuleOptions } from './processing-module.decorator.js';

/** Characters; a schema that has more is not worth its place in the log. */
const LONGEST_SCHEMA = 65_536;

/** What an app says of itself. Checks that JSON Schema has no words for are left to the app. */
export const announcementOf = ({ name, version, settings }: ProcessingModuleOptions): AppAnnounced['data'] => {
  const schema = schemaOf(settings);
  return { app: name, version, ...(schema === undefined ? {} : { settings: schema }) };
};

/** Writes down which settings an app takes, where that is new. An app works without: only nobody checks its settings beforehand. */
export const announceApp = async (
  { commands, service, logger }: Pick<Platform, 'commands' | 'service' | 'logger'>,
  options: ProcessingModuleOptions,
): Promise<void> => {
  const command = { kind: 'announce-app', announced: announcementOf(options) } as const;
  const metadata = { actor: { kind: 'service', name: service } } as const;
  try {
    await commands.handle(appDecider, streamName.app(options.name), command, { metadata });
  } catch (error) {
    logger.warn(`which settings ${options.name} takes could not be written down: ${messageOf(error)}`);
  }
};

const schemaOf = (settings: z.ZodType): AppAnnounced['data']['settings'] => {
  try {
    const text = JSON.stringify(z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }));
    return text.length > LONGEST_SCHEMA ? undefined : (JSON.parse(text) as AppAnnounced['data']['settings']);
  } catch {
    return undefined;
  }
};
