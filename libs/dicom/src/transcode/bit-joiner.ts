/**
 * Joins frames whose last byte may be filled in part only: the pixels of a bit map follow each other without gaps, also
 * from frame to frame (PS3.5 8.1.1). The first pixel is the lowest bit.
 */
export class BitJoiner {
  private rest = 0;
  private restBits = 0;

  /** What is whole with these bits. */
  add(bytes: Buffer, bits: number): Buffer {
    if (this.restBits === 0 && bits % 8 === 0) return bytes.subarray(0, bits / 8);
    const joined = Buffer.alloc(Math.floor((this.restBits + bits) / 8));
    let at = 0;
    for (let left = bits, index = 0; left > 0; left -= 8, index += 1) {
      const taken = Math.min(left, 8);
      this.rest |= ((bytes[index] ?? 0) & (0xff >> (8 - taken))) << this.restBits;
      this.restBits += taken;
      if (this.restBits >= 8) {
        joined[at] = this.rest & 0xff;
        at += 1;
        this.rest >>= 8;
        this.restBits -= 8;
      }
    }
    return joined;
  }

  /** The last byte, where it is not whole. */
  end(): Buffer {
    return this.restBits === 0 ? Buffer.alloc(0) : Buffer.from([this.rest]);
  }
}
