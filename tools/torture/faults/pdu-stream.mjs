const HEAD = 6;
/** No PDU of this program is longer; what is, is no DICOM. */
const LONGEST = 16 * 1024 * 1024;

/** Cuts a stream of bytes into the PDUs of PS3.8 chapter 9. */
export class PduStream {
  #held = Buffer.alloc(0);

  /** The PDUs that are whole now: `{ type, body }` each. */
  push(chunk) {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const pdus = [];
    while (this.#held.length >= HEAD) {
      const end = HEAD + this.#held.readUInt32BE(2);
      if (end > LONGEST) throw new Error(`a PDU of ${end} bytes`);
      if (this.#held.length < end) break;
      pdus.push({ type: this.#held[0], body: this.#held.subarray(HEAD, end) });
      this.#held = this.#held.subarray(end);
    }
    return pdus;
  }
}
