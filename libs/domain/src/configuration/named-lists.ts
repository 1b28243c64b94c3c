import type { ConfigurationDocument } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';

/** A list of a configuration whose items are told apart by a name. */
export interface NamedList {
  /** Where it stands: `rules`, `facts.additional`. */
  readonly path: string;
  /** The field that is the name. */
  readonly key: string;
  /** The name as it is compared. */
  readonly nameOf: (item: Readonly<Record<string, unknown>>) => string;
  readonly namesIn: (document: ConfigurationDocument) => readonly string[];
}

const list = (
  path: string,
  itemsIn: (document: ConfigurationDocument) => readonly object[],
  key = 'name',
  normal: (name: string) => string = (name) => name,
): NamedList => {
  const nameOf: NamedList['nameOf'] = ({ [key]: name }) => normal(String(name));
  return { path, key, nameOf, namesIn: (document) => itemsIn(document).map((item) => nameOf({ ...item })) };
};

/** Every list of a configuration whose items have names, in the order of the document. */
export const namedLists: readonly NamedList[] = [
  list('applicationEntities', ({ applicationEntities }) => applicationEntities, 'aeTitle', trimAeTitle),
  list(
    'facts.additional',
    ({ facts }) => facts.additional,
    'element',
    // The creator of a private element is a name, in which case means something; the numbers are hexadecimal.
    (element) => element.replace(/^\(?[0-9a-f]{4},(xx)?[0-9a-f]+/i, (number) => number.toUpperCase()),
  ),
  list('rules', ({ rules }) => rules),
  list('targets', ({ targets }) => targets),
  list('modules', ({ modules }) => modules),
  list('retention.policies', ({ retention }) => retention.policies),
  list('notificationChannels', ({ notificationChannels }) => notificationChannels),
  list('senders', ({ senders }) => senders, 'aeTitle', trimAeTitle),
  list('subscriptions', ({ subscriptions }) => subscriptions),
];
