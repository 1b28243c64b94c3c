export { isOutOfRoom } from './files/file-fault.js';
export type { ByteRange, ListedObject, NewObject, ObjectSize, ObjectStore } from './object-store.js';
export { openObjectStore } from './open-object-store.js';
