/** What a synthetic object is to be; everything has a default. */
export interface SyntheticOptions {
  /** The same seed and options give the same bytes. Without one every object is another. */
  readonly seed?: string;
  readonly modality?: string;
  readonly seriesDescription?: string;
  readonly studyDescription?: string;
  /** Text in `charset`, or bytes as they are to stand. */
  readonly patientName?: string | Buffer;
  readonly patientId?: string;
  readonly accessionNumber?: string;
  readonly rows?: number;
  readonly columns?: number;
  /** UID. */
  readonly transferSyntax?: string;
  /** Value of Specific Character Set. Text is written as UTF-8 for ISO_IR 192, else as Latin-1. */
  readonly charset?: string;
  readonly instanceNumber?: number;
  /** UID. */
  readonly sopClass?: string;
  readonly studyInstanceUid?: string;
  readonly seriesInstanceUid?: string;
  readonly sopInstanceUid?: string;
  /** Elements of the routing header by keyword: another value, bytes as they are, or `null` for none. */
  readonly overrides?: Readonly<Record<string, string | Buffer | null>>;
}
