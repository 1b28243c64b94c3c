import { notificationDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { RetryPolicy, streamName, type NotificationRequested } from '@waystation/events';

const retry = RetryPolicy.parse({ attempts: 3 });
const failure = {
  code: 'webhook.timeout',
  reason: 'no answer within 10 s',
  retryable: true,
  by: 'channel',
  uncertain: true,
  retryAfterMs: 0,
} as const;

/** How an attempt to tell somebody ends; `none` where its worker vanishes. */
export type Ending = 'success' | 'failure' | 'none';

/** Requests a notification where there is none yet, and makes an attempt that ends as told. */
export const writeNotification = async (
  commands: CommandHandler,
  about: Pick<NotificationRequested['data'], 'studyInstanceUid' | 'seriesInstanceUid'>,
  ending: Ending,
): Promise<string> => {
  const notification = `about-${about.seriesInstanceUid ?? about.studyInstanceUid}`;
  const stream = streamName.notification(notification);
  const request: NotificationRequested['data'] = {
    notification,
    rule: 'CT to PACS',
    channel: 'on call',
    event: 'completed',
    revision: 1,
    configurationVersion: 1,
    targets: ['pacs'],
    details: 'delivered to pacs',
    ...about,
  };
  await commands.handle(notificationDecider, stream, { kind: 'request-notification', request });
  const start = { kind: 'start-notifying', worker: 'spec', configurationVersion: 1, identity: false, retry } as const;
  const { state } = await commands.handle(notificationDecider, stream, start);
  if (state.status !== 'attempting' || ending === 'none') return notification;
  await commands.handle(notificationDecider, stream, {
    kind: 'finish-notifying',
    attempt: state.attempt,
    durationMs: 12,
    outcome: ending === 'success' ? { receipt: 'HTTP 204' } : failure,
    retry,
    jitter: 0,
  });
  return notification;
};
