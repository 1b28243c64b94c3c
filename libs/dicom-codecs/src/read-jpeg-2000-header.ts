import type { CodeStream } from './code-stream.js';

const START_OF_CODE_STREAM = Buffer.from([0xff, 0x4f, 0xff, 0x51]);
const JP2_SIGNATURE = Buffer.from('0000000c6a5020200d0a870a', 'hex');
const CODE_STREAM_BOX = 'jp2c';
/** Offsets in the code stream of what SIZ says (ISO/IEC 15444-1 A.5.1). */
const at = { extent: 8, offset: 16, components: 40, firstComponent: 42 } as const;
const COMPONENT_LENGTH = 3;

/** The image and tile size of a JPEG 2000 image. Undefined where there is none, or its components differ in form. */
export const readJpeg2000Header = (frame: Buffer): CodeStream | undefined => {
  const bytes = unwrapped(frame);
  if (bytes === undefined || bytes.length < at.firstComponent) return undefined;
  const components = bytes.readUInt16BE(at.components);
  const end = at.firstComponent + components * COMPONENT_LENGTH;
  if (components === 0 || end > bytes.length) return undefined;
  const forms = bytes.subarray(at.firstComponent, end);
  const depth = forms[0] ?? 0;
  for (let each = 0; each < forms.length; each += COMPONENT_LENGTH) {
    if (forms[each] !== depth || forms[each + 1] !== 1 || forms[each + 2] !== 1) return undefined;
  }
  return {
    columns: bytes.readUInt32BE(at.extent) - bytes.readUInt32BE(at.offset),
    rows: bytes.readUInt32BE(at.extent + 4) - bytes.readUInt32BE(at.offset + 4),
    components,
    bits: (depth & 0x7f) + 1,
    signed: depth >= 0x80,
    planar: false,
    bytes,
  };
};

/** Some writers keep the JP2 file format around the code stream, which PS3.5 A.4.4 does not allow. */
const unwrapped = (frame: Buffer): Buffer | undefined => {
  if (beginsWith(frame, START_OF_CODE_STREAM)) return frame;
  if (!beginsWith(frame, JP2_SIGNATURE)) return undefined;
  for (let box = 0; box + 8 <= frame.length;) {
    if (frame.toString('latin1', box + 4, box + 8) === CODE_STREAM_BOX) {
      const bytes = frame.subarray(box + 8);
      return beginsWith(bytes, START_OF_CODE_STREAM) ? bytes : undefined;
    }
    const length = frame.readUInt32BE(box);
    if (length < 8) return undefined;
    box += length;
  }
  return undefined;
};

const beginsWith = (bytes: Buffer, beginning: Buffer): boolean => bytes.subarray(0, beginning.length).equals(beginning);
