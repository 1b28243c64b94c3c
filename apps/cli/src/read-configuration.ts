import type { ConfigurationDocument } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { readJson } from './read-json.js';

/** The configuration in a file. @throws CodedError `cli.unreadable-file`, `cli.no-configuration` */
export const readConfiguration = async (file: string): Promise<ConfigurationDocument> => {
  const events = await import('@waystation/events');
  const parsed = events.ConfigurationDocument.safeParse(events.withoutSchemaName(await readJson(file)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  const message = `${file} is no configuration: ${place}${issue?.message ?? ''}; everything tells: waystation config check ${file}`;
  throw new CodedError('cli.no-configuration', message);
};
