import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';

/** An object store of files that goes with the test. */
export interface ObjectFolder extends AsyncDisposable {
  /** Where its files are. */
  readonly path: string;
  readonly objects: ObjectStore;
  /** A folder beside it, of the same device. */
  readonly spool: string;
}

export const objectFolder = async (): Promise<ObjectFolder> => {
  const folder = await mkdtemp(join(tmpdir(), 'event-log-objects-'));
  const path = join(folder, 'objects');
  const objects = await openObjectStore(pathToFileURL(path).href);
  return {
    path,
    objects,
    spool: join(folder, 'spool'),
    async [Symbol.asyncDispose]() {
      await objects.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
