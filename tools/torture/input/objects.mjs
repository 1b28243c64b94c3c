import { syntheticInstance } from '../../../libs/testing/dist/index.js';
import { BIG_ENDIAN, DEFLATED, EXPLICIT, IMPLICIT } from './encode.mjs';
import { withContent } from './nested-data-set.mjs';

const SERIES = 40;
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const RLE = '1.2.840.10008.1.2.5';

/** The transfer syntaxes of valid objects: every way to write elements, and two that encapsulate. */
export const syntaxes = [EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED, JPEG_LOSSLESS, RLE];

/** Names as they are written in the character sets of the world, some of them cut (PS3.5 annexes H to K). */
const names = [
  { charset: 'ISO_IR 192', patientName: Buffer.from('Wang^XiaoDong=王^小东=') },
  { charset: '\\ISO 2022 IR 87', patientName: Buffer.from('Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$B', 'latin1') },
  { charset: 'ISO 2022 IR 6\\ISO 2022 IR 149', patientName: Buffer.from('Hong=\u001b$)C\xfb\xf3^', 'latin1') },
  { charset: 'GB18030', patientName: Buffer.from('Wang=\xcd\xf5^\x81', 'latin1') },
  { charset: 'ISO_IR 999', patientName: Buffer.from([0xff, 0xfe, 0x5c, 0x5c]) },
];

/** A valid object that the same seed makes again: a CT slice of some size, in one of a few series. */
export function objectOf(seed, random, transferSyntax = EXPLICIT) {
  const side = random.pick([8, 16, 32, 64]);
  const place = `torture series ${random.between(1, SERIES)}`;
  const { studyInstanceUid, seriesInstanceUid } = syntheticInstance({ seed: place });
  const name = random.oneIn(3) ? random.pick(names) : {};
  const own = { seed: `torture ${seed}`, rows: side, columns: side, transferSyntax, ...name };
  const object = syntheticInstance({ ...own, studyInstanceUid, seriesInstanceUid });
  const nested = transferSyntax === EXPLICIT && random.oneIn(3);
  return nested ? { ...object, dataSet: withContent(object.dataSet, random.between(1, 40)) } : object;
}

/** Even, as every data set is that travels (PS3.8 E.1). */
export const even = (bytes) => (bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]));
