import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import type { Standalone } from './standalone.js';

/** The object store of a Waystation on the embedded default, as another program would open it. */
const withObjects = async <Answer>(
  dataFolder: string,
  ask: (objects: ObjectStore) => Promise<Answer>,
): Promise<Answer> => {
  const objects = await openObjectStore(pathToFileURL(join(dataFolder, 'objects')).href);
  try {
    return await ask(objects);
  } finally {
    await objects.close();
  }
};

/** An object that was kept: the whole Part 10 file. */
export const readKept = (dataFolder: string, key: string): Promise<Buffer> =>
  withObjects(dataFolder, async (objects) => buffer(await objects.get(key)));

/** Every object that was kept. */
export const readAllKept = (dataFolder: string): Promise<readonly Buffer[]> =>
  withObjects(dataFolder, async (objects) => {
    const kept: Buffer[] = [];
    for (const folder of ['objects/', 'segments/'])
      for await (const { key } of objects.list(folder)) kept.push(await buffer(await objects.get(key)));
    return kept;
  });

/** The objects of a series that are kept, as whole Part 10 files. */
export const keptOf = async ({ waystation, dataFolder }: Standalone, series: string): Promise<readonly Buffer[]> => {
  const { state } = await waystation.get<{ state: SeriesState }>(`/api/series/${series}/replay`);
  const keys = Object.values(state.instances).map(({ object }) => object.key);
  return Promise.all(keys.map((key) => readKept(dataFolder, key)));
};

interface SeriesState {
  readonly instances: Readonly<Record<string, { readonly object: { readonly key: string } }>>;
}
