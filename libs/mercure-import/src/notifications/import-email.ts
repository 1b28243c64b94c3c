import { EmailChannel } from '@waystation/events';
import { checkTemplate } from '@waystation/templates';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt, wordAt } from '../parts/values.js';
import type { Channels } from './channels.js';
import type { NotificationSettings } from './notification-settings.js';

const fields = ['notification_email', 'notification_email_body', 'notification_email_type'] as const;
const subject = 'Rule {{ rule }}: {{ event }}';

/** The channel of a rule's e-mails; undefined where there is none, or it is told why there is none here. */
export const importEmail = (rule: Part, settings: NotificationSettings, channels: Channels): string | undefined => {
  const [address, body, type] = [rule.at(fields[0]), rule.at(fields[1]), rule.at(fields[2])];
  const to = textAt(address)
    .split(/[,;\s]+/)
    .filter((each) => each !== '');
  if (to.length === 0) {
    for (const part of [address, body, type]) part.taken('there is no e-mail');
    return undefined;
  }
  const leftOut = (part: Part, reason: string): undefined => {
    part.notTaken(reason);
    for (const other of [address, body, type]) other.notTaken('the e-mail is left out');
    return undefined;
  };
  const bodyType = wordAt(type, ['plain', 'html'], 'plain');
  const [problem] = checkTemplate(textAt(body), bodyType === 'html' ? 'markup' : 'text');
  if (problem !== undefined) return leftOut(body, `Waystation takes no such template: it ${problem}`);
  const { data, error } = EmailChannel.safeParse({
    kind: 'email',
    name: 'e-mail',
    // mercure hands its mails to the mail server of its own machine, without TLS and without a user.
    host: 'localhost',
    port: 25,
    tls: 'none',
    from: settings.from,
    to,
    subject,
    body: textAt(body),
    bodyType,
    identity: settings.identity,
  });
  if (error !== undefined) return leftOut(address, `Waystation takes no such e-mail: ${problemsOf(error)}`);
  const name = channels.nameOf(data, `e-mail ${to[0]?.split('@')[0] ?? ''}`);
  address.changed(
    `the channel '${name}' has it, by way of port 25 of the machine that dispatch runs on: see whether there is a mail server, as mercure had one`,
  );
  body.taken(`body of the channel '${name}' has it`);
  type.taken(`bodyType of the channel '${name}' is "${bodyType}"`);
  return name;
};
