/** How the bytes of a data set are written: PS3.5 chapter 10 and annex A. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  /** The value representation stands in front of every value (PS3.5 7.1.2). */
  readonly explicit: boolean;
  /** Retired, and still sent. */
  readonly bigEndian: boolean;
  /** The whole data set is one raw deflate stream, RFC 1951 (PS3.5 A.5). */
  readonly deflated: boolean;
  /** Pixel data is a sequence of fragments of undefined length (PS3.5 A.4). */
  readonly encapsulated: boolean;
}

const plain = { explicit: true, bigEndian: false, deflated: false, encapsulated: false } as const;
const explicit = (uid: string, name: string): TransferSyntax => ({ ...plain, uid, name });
const implicit = (uid: string, name: string): TransferSyntax => ({ ...plain, uid, name, explicit: false });
const bigEndian = (uid: string, name: string): TransferSyntax => ({ ...plain, uid, name, bigEndian: true });
const deflated = (uid: string, name: string): TransferSyntax => ({ ...plain, uid, name, deflated: true });
const encapsulated = (uid: string, name: string): TransferSyntax => ({ ...plain, uid, name, encapsulated: true });

const table: readonly TransferSyntax[] = [
  implicit('1.2.840.10008.1.2', 'Implicit VR Little Endian'),
  explicit('1.2.840.10008.1.2.1', 'Explicit VR Little Endian'),
  encapsulated('1.2.840.10008.1.2.1.98', 'Encapsulated Uncompressed Explicit VR Little Endian'),
  deflated('1.2.840.10008.1.2.1.99', 'Deflated Explicit VR Little Endian'),
  bigEndian('1.2.840.10008.1.2.2', 'Explicit VR Big Endian (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)'),
  encapsulated('1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)'),
  encapsulated('1.2.840.10008.1.2.4.52', 'JPEG Extended (Process 3 and 5) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.53', 'JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.54', 'JPEG Spectral Selection, Non-Hierarchical (Process 7 and 9) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.55', 'JPEG Full Progression, Non-Hierarchical (Process 10 and 12) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.56', 'JPEG Full Progression, Non-Hierarchical (Process 11 and 13) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.57', 'JPEG Lossless, Non-Hierarchical (Process 14)'),
  encapsulated('1.2.840.10008.1.2.4.58', 'JPEG Lossless, Non-Hierarchical (Process 15) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.59', 'JPEG Extended, Hierarchical (Process 16 and 18) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.60', 'JPEG Extended, Hierarchical (Process 17 and 19) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.61', 'JPEG Spectral Selection, Hierarchical (Process 20 and 22) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.62', 'JPEG Spectral Selection, Hierarchical (Process 21 and 23) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.63', 'JPEG Full Progression, Hierarchical (Process 24 and 26) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.64', 'JPEG Full Progression, Hierarchical (Process 25 and 27) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.65', 'JPEG Lossless, Hierarchical (Process 28) (Retired)'),
  encapsulated('1.2.840.10008.1.2.4.66', 'JPEG Lossless, Hierarchical (Process 29) (Retired)'),
  encapsulated(
    '1.2.840.10008.1.2.4.70',
    'JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])',
  ),
  encapsulated('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless Image Compression'),
  encapsulated('1.2.840.10008.1.2.4.81', 'JPEG-LS Lossy (Near-Lossless) Image Compression'),
  encapsulated('1.2.840.10008.1.2.4.90', 'JPEG 2000 Image Compression (Lossless Only)'),
  encapsulated('1.2.840.10008.1.2.4.91', 'JPEG 2000 Image Compression'),
  encapsulated('1.2.840.10008.1.2.4.92', 'JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)'),
  encapsulated('1.2.840.10008.1.2.4.93', 'JPEG 2000 Part 2 Multi-component Image Compression'),
  explicit('1.2.840.10008.1.2.4.94', 'JPIP Referenced'),
  deflated('1.2.840.10008.1.2.4.95', 'JPIP Referenced Deflate'),
  encapsulated('1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile / Main Level'),
  encapsulated('1.2.840.10008.1.2.4.100.1', 'Fragmentable MPEG2 Main Profile / Main Level'),
  encapsulated('1.2.840.10008.1.2.4.101', 'MPEG2 Main Profile / High Level'),
  encapsulated('1.2.840.10008.1.2.4.101.1', 'Fragmentable MPEG2 Main Profile / High Level'),
  encapsulated('1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264 High Profile / Level 4.1'),
  encapsulated('1.2.840.10008.1.2.4.102.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1'),
  encapsulated('1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'),
  encapsulated('1.2.840.10008.1.2.4.103.1', 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'),
  encapsulated('1.2.840.10008.1.2.4.104', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video'),
  encapsulated('1.2.840.10008.1.2.4.104.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video'),
  encapsulated('1.2.840.10008.1.2.4.105', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video'),
  encapsulated('1.2.840.10008.1.2.4.105.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video'),
  encapsulated('1.2.840.10008.1.2.4.106', 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'),
  encapsulated('1.2.840.10008.1.2.4.106.1', 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'),
  encapsulated('1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main Profile / Level 5.1'),
  encapsulated('1.2.840.10008.1.2.4.108', 'HEVC/H.265 Main 10 Profile / Level 5.1'),
  encapsulated('1.2.840.10008.1.2.4.110', 'JPEG XL Lossless'),
  encapsulated('1.2.840.10008.1.2.4.111', 'JPEG XL JPEG Recompression'),
  encapsulated('1.2.840.10008.1.2.4.112', 'JPEG XL'),
  encapsulated('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 Image Compression (Lossless Only)'),
  encapsulated(
    '1.2.840.10008.1.2.4.202',
    'High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)',
  ),
  encapsulated('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000 Image Compression'),
  explicit('1.2.840.10008.1.2.4.204', 'JPIP HTJ2K Referenced'),
  deflated('1.2.840.10008.1.2.4.205', 'JPIP HTJ2K Referenced Deflate'),
  encapsulated('1.2.840.10008.1.2.5', 'RLE Lossless'),
  explicit('1.2.840.10008.1.2.7.1', 'SMPTE ST 2110-20 Uncompressed Progressive Active Video'),
  explicit('1.2.840.10008.1.2.7.2', 'SMPTE ST 2110-20 Uncompressed Interlaced Active Video'),
  explicit('1.2.840.10008.1.2.7.3', 'SMPTE ST 2110-30 PCM Digital Audio'),
  encapsulated('1.2.840.10008.1.2.8.1', 'Deflated Image Frame Compression'),
  implicit('1.2.840.10008.1.20', 'Papyrus 3 Implicit VR Little Endian (Retired)'),
  // GE's own, on older scanners: implicit VR little endian, only the pixels are big endian.
  implicit('1.2.840.113619.5.2', 'Implicit VR Little Endian with Big Endian Pixels (GE private)'),
];

/** Transfer syntaxes by UID: PS3.6 table A-1 without the two retired ones that are no data sets (MIME and XML). */
export const transferSyntaxes: ReadonlyMap<string, TransferSyntax> = new Map(
  table.map((syntax) => [syntax.uid, syntax]),
);
