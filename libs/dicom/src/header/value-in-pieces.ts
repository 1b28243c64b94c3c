/** Puts a value together that comes in several pieces, since a piece may be changed once it has been looked at. */
export class ValueInPieces {
  private bytes: Buffer | undefined;
  private filled = 0;

  /** Whether a part of a value has come. */
  get begun(): boolean {
    return this.bytes !== undefined;
  }

  /**
   * Takes what belongs to the value.
   *
   * @param length of the whole value
   * @returns how many bytes of the piece that is
   */
  add(piece: Buffer, at: number, length: number): number {
    this.bytes ??= Buffer.allocUnsafe(length);
    const step = piece.copy(this.bytes, this.filled, at, at + length - this.filled);
    this.filled += step;
    return step;
  }

  /** The value once it is whole; the next one begins. */
  whole(): Buffer | undefined {
    const { bytes } = this;
    if (bytes === undefined || this.filled < bytes.length) return undefined;
    this.bytes = undefined;
    this.filled = 0;
    return bytes;
  }
}
