import type { ConfigurationDocument } from '@waystation/events';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** A value as any receiver reads it, in one line (RFC 9110 5.5). */
const sendable = /^[\t\x20-\x7e]*$/;

/** Finds headers of webhooks that no request can be made with. */
export const checkHeaders = ({ notificationChannels }: ConfigurationDocument): readonly ConfigurationProblem[] =>
  notificationChannels.flatMap((channel) => {
    if (channel.kind !== 'webhook') return [];
    const path = `notificationChannels.${channel.name}`;
    return [
      ...Object.entries(channel.headers).map(([header, value]) => [`${path}.headers.${header}`, value] as const),
      [`${path}.contentType`, channel.contentType] as const,
    ].flatMap(([at, value]) => (sendable.test(value) ? [] : [errorAt(at, 'a header is printable ASCII in one line')]));
  });
