import type { FoundStream } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import type { Api } from '../api.js';

/** What commands take that are about something in the log. */
export const subjectArgument =
  'a Series or Study Instance UID, the id of a delivery or association, `configuration`, or a stream such as delivery/<id>';

/**
 * Where the API has what is asked for: `configuration`, a stream such as `delivery/<id>`, or whatever goes by a UID or id.
 * @throws CodedError `cli.unknown-subject`
 */
export const subjectPath = async (api: Api, subject: string): Promise<string> => {
  if (subject === 'configuration') return 'api/configuration';
  if (subject.includes('/')) return `api/streams/${encoded(subject)}`;
  const [found] = await api.get<readonly FoundStream[]>(`api/streams?id=${encodeURIComponent(subject)}`);
  if (found === undefined)
    throw new CodedError('cli.unknown-subject', `the log has no series, study, delivery or association ${subject}`);
  const [category, id = ''] = found.stream.split('/', 2);
  if (category === 'series') return `api/series/${encoded(id)}`;
  return category === 'study' ? `api/studies/${encoded(id)}` : `api/streams/${encoded(found.stream)}`;
};

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
