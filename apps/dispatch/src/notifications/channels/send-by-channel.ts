import type { NotificationChannel } from '@waystation/events';
import type { Secrets } from '@waystation/secrets';
import type { TemplateValues } from '@waystation/templates';
import { emailOf, webhookOf } from '../compose.js';
import { sendEmail } from './email-sender.js';
import type { Outcome } from './outcome.js';
import { sendWebhook } from './webhook-sender.js';

/** What is to be told, and how often it was tried before. */
export interface Telling {
  readonly values: TemplateValues;
  readonly attempt: number;
  readonly mayRepeat: boolean;
}

/** Tells somebody by a channel. Rejects where it does not come to that: a template, or a secret that is not there. */
export type SendByChannel = (channel: NotificationChannel, telling: Telling, signal: AbortSignal) => Promise<Outcome>;

/** Every kind of channel. */
export const sendByChannel =
  (secrets: Secrets): SendByChannel =>
  (channel, telling, signal) =>
    channel.kind === 'webhook'
      ? sendWebhook(channel, webhookOf(channel, telling), secrets, signal)
      : sendEmail(channel, emailOf(channel, telling), secrets, signal);
