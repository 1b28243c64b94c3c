/** What becomes of the image attributes when pixel data is decoded. */
export interface Decoding {
  /** The photometric interpretation of what was decoded (PS3.5 8.2). */
  photometricInterpretation(encoded: string): string;
  /** Samples come out colour by pixel, whatever was said before. */
  readonly interleaves: boolean;
  /** What was compressed so has always lost something (PS3.3 C.7.6.1.1.5). */
  readonly lossy: boolean;
}

/** Decoders give each pixel its own colour. */
const unshared = (encoded: string): string => (encoded === 'YBR_FULL_422' ? 'YBR_FULL' : encoded);
const same = (encoded: string): string => encoded;

const asItWas: Decoding = { photometricInterpretation: same, interleaves: false, lossy: false };
const runLengths: Decoding = { photometricInterpretation: unshared, interleaves: false, lossy: false };
const lossless: Decoding = { photometricInterpretation: unshared, interleaves: true, lossy: false };
const nearLossless: Decoding = { ...lossless, lossy: true };
/** The colour transform belongs to lossy JPEG, and its decoder undoes it (PS3.5 8.2.1). */
const jpeg: Decoding = {
  photometricInterpretation: (encoded) => (encoded.startsWith('YBR') ? 'RGB' : encoded),
  interleaves: true,
  lossy: true,
};
/** JPEG 2000 undoes its own two colour transforms (PS3.5 8.2.4). */
const jpeg2000: Decoding = {
  photometricInterpretation: (encoded) => (encoded === 'YBR_RCT' || encoded === 'YBR_ICT' ? 'RGB' : unshared(encoded)),
  interleaves: true,
  lossy: false,
};

/** The transfer syntaxes whose pixel data can be decoded. */
export const decodings: ReadonlyMap<string, Decoding> = new Map([
  ['1.2.840.10008.1.2.1.98', asItWas],
  ['1.2.840.10008.1.2.4.50', jpeg],
  ['1.2.840.10008.1.2.4.51', jpeg],
  ['1.2.840.10008.1.2.4.57', lossless],
  ['1.2.840.10008.1.2.4.70', lossless],
  ['1.2.840.10008.1.2.4.80', lossless],
  ['1.2.840.10008.1.2.4.81', nearLossless],
  ['1.2.840.10008.1.2.4.90', jpeg2000],
  ['1.2.840.10008.1.2.4.91', jpeg2000],
  ['1.2.840.10008.1.2.4.201', jpeg2000],
  ['1.2.840.10008.1.2.4.202', jpeg2000],
  ['1.2.840.10008.1.2.4.203', jpeg2000],
  ['1.2.840.10008.1.2.5', runLengths],
  ['1.2.840.10008.1.2.8.1', asItWas],
]);
