import { createHash } from 'node:crypto';
import type { StoredObject } from '@waystation/events';

/** SHA-256 over `<SOP Instance UID> <SHA-256>` of each object, a line each, in the order of UIDs. */
export const digestOfInstances = (
  instances: Iterable<{ readonly sopInstanceUid: string; readonly object: Pick<StoredObject, 'sha256'> }>,
): string => {
  const hash = createHash('sha256');
  const lines = [...instances].map(({ sopInstanceUid, object }) => `${sopInstanceUid} ${object.sha256}\n`);
  for (const line of lines.sort()) hash.update(line);
  return hash.digest('hex');
};
