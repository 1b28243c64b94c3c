import { WebhookChannel } from '@waystation/events';
import { checkTemplate } from '@waystation/templates';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt } from '../parts/values.js';
import type { Channels } from './channels.js';
import type { NotificationSettings } from './notification-settings.js';
import { webhookAddress } from './webhook-address.js';

const fields = ['notification_webhook', 'notification_payload', 'notification_payload_body'] as const;

/** The channel of a rule's webhook; undefined where there is none, or it is told why there is none here. */
export const importWebhook = (rule: Part, settings: NotificationSettings, channels: Channels): string | undefined => {
  const [address, payload, body] = [rule.at(fields[0]), rule.at(fields[1]), rule.at(fields[2])];
  const text = textAt(address).trim();
  if (text === '') {
    for (const part of [address, payload, body]) part.taken('there is no webhook');
    return undefined;
  }
  const leftOut = (part: Part, reason: string): undefined => {
    part.notTaken(reason);
    for (const other of [address, payload, body]) other.notTaken('the webhook is left out');
    return undefined;
  };
  const place = webhookAddress(text);
  if ('problem' in place) return leftOut(address, place.problem);
  // mercure keeps the payload without the braces around it.
  const templates = { payload: `{${textAt(payload)}}`, body: textAt(body) };
  const [wrongPayload] = checkTemplate(templates.payload, 'json');
  if (wrongPayload !== undefined) return leftOut(payload, `Waystation takes no such template: it ${wrongPayload}`);
  const [wrongBody] = checkTemplate(templates.body, 'text');
  if (wrongBody !== undefined) return leftOut(body, `Waystation takes no such template: it ${wrongBody}`);
  const { url, host, bearerToken } = place;
  const { data, error } = WebhookChannel.safeParse({
    kind: 'webhook',
    name: 'webhook',
    url,
    ...templates,
    identity: settings.identity,
    ...(bearerToken === undefined ? {} : { bearerToken }),
    ...(settings.caFile === undefined ? {} : { caFile: settings.caFile }),
  });
  if (error !== undefined) return leftOut(address, `Waystation takes no such webhook: ${problemsOf(error)}`);
  const name = channels.nameOf(data, `webhook ${host}`);
  tellTaken(rule, name, bearerToken);
  return name;
};

const tellTaken = (rule: Part, name: string, bearerToken: WebhookChannel['bearerToken']): void => {
  const address = rule.at(fields[0]);
  if (bearerToken !== undefined && 'environment' in bearerToken)
    address.changed(
      `the channel '${name}' has it without its token: set ${bearerToken.environment} to that where dispatch runs`,
    );
  else address.taken(`the channel '${name}' has it; whoever knows the address may be able to use it`);
  rule.at(fields[1]).changed(`payload of the channel '${name}' has it, with braces around`);
  rule.at(fields[2]).taken(`body of the channel '${name}' has it`);
};
