import type { ConfigurationDocument, NotificationChannel } from '@waystation/events';
import { checkTemplate, formatOf, type TemplateFormat } from '@waystation/templates';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds templates that would make no message. */
export const checkTemplates = ({ notificationChannels }: ConfigurationDocument): readonly ConfigurationProblem[] =>
  notificationChannels.flatMap((channel) =>
    templatesOf(channel).flatMap(([field, source, format]) =>
      (source === undefined ? [] : checkTemplate(source, format)).map((problem) =>
        errorAt(`notificationChannels.${channel.name}.${field}`, problem),
      ),
    ),
  );

const templatesOf = (
  channel: NotificationChannel,
): readonly (readonly [field: string, source: string | undefined, format: TemplateFormat])[] =>
  channel.kind === 'webhook'
    ? [
        ['payload', channel.payload, formatOf(channel.contentType)],
        ['body', channel.body, 'text'],
      ]
    : [
        ['subject', channel.subject, 'text'],
        ['body', channel.body, channel.bodyType === 'html' ? 'markup' : 'text'],
      ];
