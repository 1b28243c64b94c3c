import type { Rule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { truthAt } from '../parts/values.js';
import { isProcessing } from '../rules/import-action.js';
import type { Channels } from './channels.js';
import { importEmail } from './import-email.js';
import { importWebhook } from './import-webhook.js';
import type { NotificationSettings } from './notification-settings.js';

const triggers = [
  ['received', 'notification_trigger_reception'],
  ['completed', 'notification_trigger_completion'],
  ['error', 'notification_trigger_error'],
] as const;

/** Whom a rule tells of what. */
export const importNotifications = (
  rule: Part,
  action: Rule['action'],
  settings: NotificationSettings,
  channels: Channels,
): Rule['notifications'] => {
  const names = [importWebhook(rule, settings, channels), importEmail(rule, settings, channels)].filter(
    (name) => name !== undefined,
  );
  const on = triggers.filter(([, key]) => truthAt(rule.at(key), true)).map(([event]) => event);
  for (const [event, key] of triggers) rule.at(key).taken(whatBecameOf(event, on.includes(event), names.length > 0));
  const asked = rule.at('notification_trigger_completion_on_request');
  const isAsked = isProcessing(action) && truthAt(asked, false);
  asked.taken(
    isProcessing(action)
      ? whatBecameOf('requested', isAsked, names.length > 0)
      : 'it is a module that would ask, and the rule has none',
  );
  const moments = [...on, ...(isAsked ? (['requested'] as const) : [])];
  return moments.length === 0 || names.length === 0 ? [] : [{ channels: names, on: moments }];
};

const whatBecameOf = (event: string, isOn: boolean, hasChannel: boolean): string => {
  if (!isOn) return `notifications leaves "${event}" out`;
  return hasChannel ? `notifications has "${event}"` : 'there is no channel by which the rule would tell anybody';
};

/** Tells that a rule which discards tells nobody. */
export const tellNoNotifications = (rule: Part): void => {
  for (const part of rule.parts.filter(({ name }) => known.has(name)))
    part.taken('a rule that discards tells nobody, as in mercure');
};

const known: ReadonlySet<string> = new Set([
  ...triggers.map(([, key]) => key),
  'notification_trigger_completion_on_request',
  'notification_webhook',
  'notification_payload',
  'notification_payload_body',
  'notification_email',
  'notification_email_body',
  'notification_email_type',
]);
