import { jobDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { identityPlace, streamName, type NotificationRequested } from '@waystation/events';
import type { Identities } from '@waystation/identity';

/**
 * What modules want people to be told, in their own words, a line for each step: `nodules: come and look`. They may name
 * the patient. Nothing of a patient who was forgotten. Throws what opening an identity throws.
 */
export const wordsOf = async (
  { words = [] }: Pick<NotificationRequested['data'], 'words'>,
  commands: CommandHandler,
  identities: Identities,
): Promise<string> => {
  const lines: string[] = [];
  for (const { job, attempt } of words) {
    const { state } = await commands.load(jobDecider, streamName.job(job));
    if (state.status === 'unknown') continue;
    const sealed = state.successes.find((success) => success.attempt === attempt)?.notification?.words;
    const opened = sealed && (await identities.open({ sealed, place: identityPlace.jobNotification(job, attempt) }));
    const text = opened?.['text'];
    if (text !== undefined) lines.push(`${state.request.module}: ${text}`);
  }
  return lines.join('\n');
};
