export { elementVr } from './dictionary/element-vr.js';
export { isNonStorageService } from './dictionary/non-storage-services.js';
export type { RoutingElement, RoutingSequence, WantedElement } from './dictionary/routing-element.js';
export { routingElements } from './dictionary/routing-elements.js';
export { routingSequences } from './dictionary/routing-sequences.js';
export { safePrivateElements, type SafePrivateElement } from './dictionary/safe-private-elements.js';
export { storageSopClasses } from './dictionary/storage-sop-classes.js';
export { tagText } from './dictionary/tag-text.js';
export { transferSyntaxes, type TransferSyntax } from './dictionary/transfer-syntaxes.js';
export type { Vr } from './dictionary/value-representations.js';
export {
  factNames,
  routingHeader,
  wantedElements,
  type AdditionalElement,
  type WantedElements,
} from './dictionary/wanted-elements.js';
export { encodeFileMeta, IMPLEMENTATION_VERSION_NAME, type FileMetaUids } from './file-meta/encode-file-meta.js';
export { readFileMeta, type FileMeta } from './file-meta/read-file-meta.js';
export {
  ElementHeader,
  isDelimiterAt,
  ITEM,
  ITEM_DELIMITATION,
  LONG_HEADER,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  UNDEFINED_LENGTH,
} from './header/element-header.js';
export {
  detectDataSetEncoding,
  detectItemEncoding,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  type Encoding,
} from './header/encoding.js';
export { hasZlibHeader } from './header/has-zlib-header.js';
export { defaultHeaderLimits, type HeaderLimits } from './header/header-limits.js';
export { HeaderReader, type Header } from './header/header-reader.js';
export type { SeparatedFacts } from './header/header-values.js';
export type { HeaderWarning, HeaderWarningCode } from './header/header-warnings.js';
export { malformed, truncated } from './header/malformed.js';
export { characterSetOf, type CharacterSet } from './text/character-set.js';
export { registeredSets, wholeEncodings, type RegisteredSet } from './text/character-sets.js';
export { decodeText } from './text/decode-text.js';
export { ByteSource } from './transcode/byte-source.js';
export { coalesced } from './transcode/coalesced.js';
export { deflated, inflated } from './transcode/deflated-data-set.js';
export { encodeElementHeader, encodeItemHeader } from './transcode/encode-element-header.js';
export { encodeElement, encodeValue } from './transcode/encode-value.js';
export type { DecodeFrame, EncodedFrame } from './transcode/pixel-decoding.js';
export { frameBytes, type PixelForm } from './transcode/pixel-form.js';
export { canReencode, reencode, type Reencoding, type ReencodingLimits } from './transcode/reencode.js';
