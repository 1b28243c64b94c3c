export { isNonStorageService } from './dictionary/non-storage-services.js';
export { routingElements, type RoutingElement } from './dictionary/routing-elements.js';
export { storageSopClasses } from './dictionary/storage-sop-classes.js';
export { tagText } from './dictionary/tag-text.js';
export { transferSyntaxes, type TransferSyntax } from './dictionary/transfer-syntaxes.js';
export type { Vr } from './dictionary/value-representations.js';
export {
  encodeFileMeta,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  type FileMetaUids,
} from './file-meta/encode-file-meta.js';
export { readFileMeta, type FileMeta } from './file-meta/read-file-meta.js';
export { defaultHeaderLimits, type HeaderLimits } from './header/header-limits.js';
export { HeaderReader, type Header } from './header/header-reader.js';
export type { HeaderWarning, HeaderWarningCode } from './header/header-warnings.js';
export { separateIdentity, type SeparatedFacts } from './separate-identity.js';
