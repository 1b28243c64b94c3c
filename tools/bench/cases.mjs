const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const CT = '1.2.840.10008.5.1.4.1.1.2';
const MR = '1.2.840.10008.5.1.4.1.1.4';
const MULTI_FRAME_WORD = '1.2.840.10008.5.1.4.1.1.7.3';

const square = (side, frames = 1) => ({ rows: side, columns: side, frames, bytes: side * side * 2 * frames });
const compressed = (bytes) => ({ rows: 512, columns: 512, frames: 1, bytes });

/**
 * What is sent. A run sends until `count` objects are acknowledged or its time is over. The objects of a case take turns
 * among its `shapes`; a series has `seriesSize` of them.
 */
export const cases = {
  ct: {
    modality: 'CT',
    about: 'CT, 512×512 of 16 bit',
    sopClassUid: CT,
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    shapes: [square(512)],
    count: 3000,
    seriesSize: 250,
  },
  mr: {
    modality: 'MR',
    about: 'MR, 80×80 to 128×128 of 16 bit',
    sopClassUid: MR,
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    shapes: [square(80), square(104), square(128)],
    count: 12000,
    seriesSize: 250,
  },
  jpeg: {
    modality: 'CT',
    about: 'CT in JPEG Lossless, one fragment of 100 to 200 KB',
    sopClassUid: CT,
    transferSyntaxUid: JPEG_LOSSLESS,
    shapes: [compressed(100_000), compressed(150_000), compressed(200_000)],
    count: 6000,
    seriesSize: 250,
  },
  big: {
    modality: 'CT',
    about: 'one multi-frame of 600 × 512×512 of 16 bit',
    sopClassUid: MULTI_FRAME_WORD,
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    shapes: [square(512, 600)],
    count: 6,
    seriesSize: 1,
  },
};
