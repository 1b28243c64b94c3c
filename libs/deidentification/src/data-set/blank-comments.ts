const PREFIX = 0xff;
/** Start of an image and of what is no header any more: ISO 10918-1 B.1.1.3, ISO 15444-1 A.3. */
const jpeg = { start: 0xd8, data: 0xda };
const jpeg2000 = { start: 0x4f, data: 0x90 };
/** Comments, and application segments of cameras: Exif and XMP, Photoshop. */
const worded: ReadonlySet<number> = new Set([0xfe, 0xe1, 0xed]);
const JPEG_2000_COMMENT = 0x64;
/** The length of a segment, and in JPEG 2000 how the comment is written. */
const LENGTH_BYTES = 2;
const REGISTRATION_BYTES = 2;

/** Enough of a compressed frame to hold its header. */
export const FRAME_HEADER_BYTES = 65_536;

/**
 * The beginning of a compressed frame with its comments blanked, as long as before: JPEG, JPEG-LS and JPEG 2000 can hold
 * words, which are no pixels. Other bytes stay as they are.
 */
export const blankComments = (frame: Buffer): Buffer => {
  if (frame.length < 4 || frame[0] !== PREFIX) return frame;
  const format = [jpeg, jpeg2000].find(({ start }) => frame[1] === start);
  if (format === undefined) return frame;
  const blanked = Buffer.from(frame);
  for (let at = 2; at + 4 <= frame.length && frame[at] === PREFIX && frame[at + 1] !== format.data;) {
    const marker = frame[at + 1] ?? 0;
    const length = frame.readUInt16BE(at + 2);
    if (length < LENGTH_BYTES) break;
    const words = at + 2 + LENGTH_BYTES + (format === jpeg2000 ? REGISTRATION_BYTES : 0);
    const isWorded = format === jpeg ? worded.has(marker) : marker === JPEG_2000_COMMENT;
    if (isWorded) blanked.fill(0x20, Math.min(words, frame.length), Math.min(at + 2 + length, frame.length));
    at += 2 + length;
  }
  return blanked;
};
