const PIXEL_DATA = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);

/** Content Sequence (0040,A730), as deep as reports are nested. */
const OPEN = Buffer.from('400030a753510000fffffffffeff00e0ffffffff', 'hex');
const CLOSE = Buffer.from('feff0de000000000feffdde000000000', 'hex');

/** The same data set with sequences in sequences before its pixels, each with its end: it stays valid. */
export function withContent(dataSet, depth) {
  const pixels = dataSet.indexOf(PIXEL_DATA);
  const content = [...Array(depth).fill(OPEN), ...Array(depth).fill(CLOSE)];
  return Buffer.concat([dataSet.subarray(0, pixels), ...content, dataSet.subarray(pixels)]);
}

/** A data set with sequences in sequences that do not end. @param length what each sequence says; by default nothing */
export function nestedDataSet(dataSet, depth, length = 0xffff_ffff) {
  const level = Buffer.alloc(20);
  // (0040,0275) SQ, and an item in it.
  Buffer.from('40007502535100000000000000000000', 'hex').copy(level);
  level.writeUInt32LE(length, 8);
  Buffer.from('feff00e0ffffffff', 'hex').copy(level, 12);
  const pixels = dataSet.indexOf(PIXEL_DATA);
  return Buffer.concat([dataSet.subarray(0, pixels), ...Array(depth).fill(level), dataSet.subarray(pixels)]);
}
