/** What a compressed image says of itself. */
export interface CodeStream {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits of a sample. */
  readonly bits: number;
  readonly signed: boolean;
  /** The components follow each other, each for the whole image; otherwise pixel by pixel. */
  readonly planar: boolean;
  /** The image itself, without what is wrapped around it. */
  readonly bytes: Buffer;
}
