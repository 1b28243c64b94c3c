const REMEMBERED = 4;

interface Known {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Reads texts of which many are the same as one that came lately: those are compared instead of read. */
export class KnownTexts {
  readonly #known: Known[] = [];
  #next = 0;

  /** The UTF-8 text at a place of the bytes. */
  read(bytes: Buffer, from: number, to: number): string {
    for (const known of this.#known) {
      const isSame = known.bytes.length === to - from && known.bytes.compare(bytes, from, to) === 0;
      if (isSame) return known.text;
    }
    const text = bytes.toString('utf8', from, to);
    this.#known[this.#next] = { bytes: Buffer.from(bytes.subarray(from, to)), text };
    this.#next = (this.#next + 1) % REMEMBERED;
    return text;
  }
}
