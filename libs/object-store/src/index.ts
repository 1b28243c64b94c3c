export type { ByteRange, ListedObject, ObjectSize, ObjectStore } from './object-store.js';
export { openObjectStore } from './open-object-store.js';
