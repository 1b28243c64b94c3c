import { truncated } from '../header/malformed.js';

const NOTHING = Buffer.alloc(0);

/** Bytes that come in pieces, taken in the portions that a reader of data sets needs. Copies only what a piece cuts in two. */
export class ByteSource {
  private readonly incoming: AsyncIterator<Buffer>;
  private piece: Buffer = NOTHING;
  private at = 0;
  private passed = 0;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.incoming = pieces[Symbol.asyncIterator]();
  }

  /** Bytes taken so far. */
  get offset(): number {
    return this.passed + this.at;
  }

  /** Bytes that are there without waiting. */
  private get ready(): number {
    return this.piece.length - this.at;
  }

  /** The next bytes without taking them: as many as asked for, or all that are left. */
  async peek(length: number): Promise<Buffer> {
    while (this.ready < length && (await this.more()));
    return this.piece.subarray(this.at, this.at + length);
  }

  /** @throws `dicom.truncated`, with what the bytes belong to */
  async take(length: number, inside: string): Promise<Buffer> {
    if (this.ready < length) await this.peek(length);
    if (this.ready < length) throw truncated(this.passed + this.piece.length, inside);
    const bytes = this.piece.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  /**
   * So many bytes in pieces as they come, each but the last a multiple of `unit` long.
   * @throws `dicom.truncated`
   */
  async *pieces(length: number, unit: number, inside: string): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.ready === 0) await this.more();
      const whole = Math.min(left, this.ready - (this.ready % unit));
      const bytes = await this.take(whole > 0 ? whole : Math.min(left, unit), inside);
      left -= bytes.length;
      yield bytes;
    }
  }

  /** All that is left, in the pieces it comes in. */
  async *rest(): AsyncGenerator<Buffer> {
    while (this.ready > 0 || (await this.more())) yield this.take(this.ready, 'what is left');
  }

  /** Nothing more is wanted: lets go of where the bytes come from. */
  async close(): Promise<void> {
    await this.incoming.return?.();
  }

  private async more(): Promise<boolean> {
    const next = await this.incoming.next();
    if (next.done === true) return false;
    const rest = this.piece.subarray(this.at);
    this.passed += this.at;
    this.at = 0;
    this.piece = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  }
}
