import type { EmailChannel, WebhookChannel } from '@waystation/events';
import { formatOf, renderTemplate, type TemplateValues } from '@waystation/templates';
import type { EmailMessage } from './channels/email-sender.js';
import type { Telling } from './channels/send-by-channel.js';
import type { WebhookMessage } from './channels/webhook-sender.js';

const DEFAULT_SUBJECT = '[Waystation] {{ rule }}: {{ event }}';

const DEFAULT_BODY = `Rule {{ rule }}: {{ event }}, {{ details }}.

{% if series %}Series {{ series }}, revision {{ revision }}
{% endif %}Study {{ study }}{% if not series %}, revision {{ revision }}{% endif %}
{% if patient_name or mrn %}Patient {{ patient_name }} {{ mrn }}
{% endif %}{% if acc %}Accession number {{ acc }}
{% endif %}`;

/**
 * What an endpoint is told: by the channel's template, or everything as JSON.
 * @throws CodedError `template.invalid`
 */
export const webhookOf = (channel: WebhookChannel, telling: Telling): WebhookMessage => {
  const { attempt, mayRepeat } = telling;
  const body = renderTemplate(channel.body ?? '{{ rule }}: {{ event }}, {{ details }}', telling.values, 'text');
  const values = { ...telling.values, body };
  return {
    id: values.notification,
    attempt,
    mayRepeat,
    body:
      channel.payload === undefined
        ? JSON.stringify(everything(values, channel.identity))
        : renderTemplate(channel.payload, values, formatOf(channel.contentType)),
  };
};

/**
 * What a mail says.
 * @throws CodedError `template.invalid`
 */
export const emailOf = (channel: EmailChannel, { values, mayRepeat }: Telling): EmailMessage => ({
  id: values.notification,
  mayRepeat,
  subject: renderTemplate(channel.subject ?? DEFAULT_SUBJECT, values, 'text'),
  body: renderTemplate(
    channel.body ?? DEFAULT_BODY,
    values,
    channel.body !== undefined && channel.bodyType === 'html' ? 'markup' : 'text',
  ),
  bodyType: channel.body === undefined ? 'plain' : channel.bodyType,
});

/** The names are those of templates. */
const everything = ({ acc, mrn, patient_name, ...values }: TemplateValues, identity: boolean): object => ({
  ...values,
  ...(identity ? { acc, mrn, patient_name } : {}),
});
