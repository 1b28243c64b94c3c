export { contentKey, isContentKey } from './content-key.js';
export { isOutOfRoom } from './files/file-fault.js';
export { IncomingFile } from './files/incoming-file.js';
export type { ByteRange, ListedObject, NewObject, ObjectSize, ObjectStore } from './object-store.js';
export { openObjectStore } from './open-object-store.js';
export { isPlaceKey } from './segments/segment-key.js';
export { newSpoolWriterName, SpoolFolder, spoolWriters } from './spool/spool-folder.js';
export { SpoolWriter } from './spool/spool-writer.js';
export type { SpooledObject, SpoolPlace } from './spool/spooled-object.js';
