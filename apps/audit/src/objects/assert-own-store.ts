import { CodedError } from '@waystation/kernel';
import type { ListedObject, ObjectStore } from '@waystation/object-store';
import { readKeptSeal } from '../verify/kept-seals.js';
import { sealsFolder } from '../verify/seal-log.js';
import type { NamedInLog } from './named-in-log.js';

/**
 * Makes sure that what a log does not name is nobody's: the copies of seals in the store have to be seals of this log. They are not
 * where another Waystation keeps its objects under the same prefix, or where the log was restored from a backup that is older
 * than the objects.
 * @throws CodedError `objects.other-log`; what the object store throws
 */
export const assertOwnStore = async (
  objects: Pick<ObjectStore, 'list' | 'get'>,
  names: Pick<NamedInLog, 'hasSeal'>,
): Promise<void> => {
  let last: ListedObject | undefined;
  for await (const copy of objects.list(sealsFolder)) {
    if (!names.hasSeal(Number.parseInt(copy.key.slice(sealsFolder.length), 10))) throw otherLog(copy.key);
    last = copy;
  }
  if (last === undefined) return;
  const { to, seal } = await readKeptSeal(objects, last.key);
  if (!names.hasSeal(to, seal)) throw otherLog(last.key);
};

const otherLog = (key: string): CodedError =>
  new CodedError(
    'objects.other-log',
    `${key} is the copy of a seal that this log does not have: what it does not name may belong to another log, or to what ` +
      'it lost when it was restored from a backup. Nothing is removed',
  );
