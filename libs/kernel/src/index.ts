export { isAeTitle, trimAeTitle } from './ae-title.js';
export { CodedError, hasCode } from './coded-error.js';
export { isDicomUid, trimDicomUid } from './dicom-uid.js';
export { IMPLEMENTATION_CLASS_UID } from './implementation-class-uid.js';
export { instantAfter, millisecondsBetween, type Instant } from './instant.js';
export { lostKeys } from './lost-keys.js';
export { messageOf } from './message-of.js';
export { plural } from './plural.js';
export { unreachable } from './unreachable.js';
