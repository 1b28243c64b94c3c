import type { ObjectsErased, ObjectsExpired } from '@waystation/events';
import { plural } from '@waystation/kernel';

/** Why something is kept no longer. */
export const tellExpiry = ({
  because,
  configuration,
}: Pick<ObjectsExpired['data'], 'because' | 'configuration'>): string =>
  `, by configuration ${configuration.version}: ${because}`;

/** What became of the bytes. */
export const tellErasure = ({ expired, erased, kept }: ObjectsErased['data']): string =>
  `${plural(erased, 'file')} erased that expired at position ${expired}${kept === 0 ? '' : `; ${kept} stay, since something needs them`}`;
