import {
  InstanceConflicted,
  InstanceDerived,
  InstanceQuarantined,
  InstanceStored,
  JobExpired,
  JobFailed,
  JobSucceeded,
  JobTimedOut,
  LogSegmentArchived,
  ObjectsExpired,
  ObjectsMoved,
  ReinjectionRequested,
  type RecordedEvent,
} from '@waystation/events';
import { contentKey } from '@waystation/object-store';
import type { KeyNote } from './key-ledger.js';

/** What an event says of a key. */
export interface Mention {
  readonly key: string;
  readonly note: Exclude<KeyNote, 'stored'>;
}

/** Every event that says where bytes are in the object store, or that they are kept no longer. */
export const mentioning: readonly string[] = [
  InstanceStored,
  InstanceConflicted,
  InstanceQuarantined,
  ReinjectionRequested,
  ObjectsMoved,
  ObjectsExpired,
  InstanceDerived,
  JobSucceeded,
  JobFailed,
  JobTimedOut,
  JobExpired,
  LogSegmentArchived,
].map(({ type }) => type);

/** The keys that an event speaks of: what comes later in the log holds. */
export const mentionsIn = ({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): readonly Mention[] => {
  if (type === ObjectsExpired.type)
    return (data as ObjectsExpired['data']).objects.map(({ key }) => ({ key, note: 'expired' }));
  if (type === JobExpired.type) return (data as JobExpired['data']).prefixes.map((key) => ({ key, note: 'expired' }));
  // Out of a spool an object has the key that it was foreseen to have, unless it says another.
  if (type === ObjectsMoved.type)
    return (data as ObjectsMoved['data']).objects.map(({ key, sha256 }) => ({
      key: key ?? contentKey(sha256),
      note: 'named',
    }));
  const mentions: Mention[] = [];
  collect(data, mentions);
  return mentions;
};

/** Objects and files stand in events in many places, and everywhere in the same shape. */
const collect = (value: unknown, mentions: Mention[]): void => {
  if (typeof value !== 'object' || value === null) return;
  if ('key' in value && 'sha256' in value && 'size' in value && typeof value.key === 'string')
    mentions.push({ key: value.key, note: 'spool' in value ? 'spooled' : 'named' });
  else for (const inner of Object.values(value)) collect(inner, mentions);
};
