const REMEMBERED = 4;

interface Known {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Reads texts of which many are the same as one that came lately: those are compared instead of read. */
export class KnownTexts {
  /** The last that came is the first. */
  readonly #known: Known[] = [];

  /** The UTF-8 text at a place of the bytes. */
  read(bytes: Buffer, from: number, to: number): string {
    for (const [at, known] of this.#known.entries()) {
      if (known.bytes.length !== to - from || known.bytes.compare(bytes, from, to) !== 0) continue;
      if (at > 0) this.#known.unshift(...this.#known.splice(at, 1));
      return known.text;
    }
    const text = bytes.toString('utf8', from, to);
    this.#known.unshift({ bytes: Buffer.from(bytes.subarray(from, to)), text });
    this.#known.length = Math.min(this.#known.length, REMEMBERED);
    return text;
  }
}
