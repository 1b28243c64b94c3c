import type { ObjectStore } from '@waystation/object-store';
import type { ObjectKeeping } from './object-keeping.js';

/** Objects go straight to the object store: Success waits for it. */
export const keepInStore = (objects: ObjectStore): ObjectKeeping => ({
  keep: async (object) => ({ ...(await objects.begin(object)), writtenBy: (writing) => writing() }),
});
