import { encodeDataHead, pdvControl } from '../pdu/data-pdu.js';

const PADDING = Buffer.alloc(1);

/**
 * Cuts a data set into P-DATA-TF PDUs that are as long as the peer allows, without copying: a PDU is a list of buffers
 * that are views of the chunks. The last bytes are held back until it is known that they are the last.
 */
export class DataPacker {
  private parts: Buffer[];
  private value: Buffer[] = [];
  private filled = 0;

  /**
   * @param capacity value bytes of one PDU: even, more than 0
   * @param before what is sent ahead of the first PDU: the command
   */
  constructor(
    private readonly contextId: number,
    private readonly capacity: number,
    before: Buffer,
  ) {
    this.parts = [before];
  }

  /** The PDUs that are full with this chunk. */
  *add(chunk: Buffer): Generator<readonly Buffer[]> {
    for (let offset = 0; offset < chunk.length;) {
      if (this.filled === this.capacity) yield this.take(0);
      const piece = chunk.subarray(offset, offset + this.capacity - this.filled);
      this.value.push(piece);
      this.filled += piece.length;
      offset += piece.length;
    }
  }

  /**
   * The last PDU. PDVs are even (PS3.8 E.1): a data set of odd length, which deflating makes where its writer forgot
   * the padding (PS3.5 A.5), gets the missing NUL. Receivers break off the association otherwise.
   */
  end(): readonly Buffer[] {
    if (this.filled % 2 === 1) {
      this.value.push(PADDING);
      this.filled += 1;
    }
    return this.take(pdvControl.last);
  }

  private take(control: number): readonly Buffer[] {
    const pdu = [...this.parts, encodeDataHead(this.contextId, control, this.filled), ...this.value];
    this.parts = [];
    this.value = [];
    this.filled = 0;
    return pdu;
  }
}
