/** A byte of the stream (1 standard output, 2 standard error), three that are 0, and the length of what follows. */
const HEAD_LENGTH = 8;

/**
 * Takes the frames off a log as the Docker Engine API sends it ("Stream format" of attaching to a container), in pieces
 * of any length. Both streams come in the order in which they were written.
 */
export class LogFrames {
  private head = Buffer.alloc(0);
  private left = 0;

  constructor(private readonly onContent: (bytes: Uint8Array) => void) {}

  push(piece: Buffer): void {
    let rest = piece;
    while (rest.length > 0) rest = this.left > 0 ? this.#content(rest) : this.#header(rest);
  }

  #content(bytes: Buffer): Buffer {
    const content = bytes.subarray(0, this.left);
    this.left -= content.length;
    this.onContent(content);
    return bytes.subarray(content.length);
  }

  #header(bytes: Buffer): Buffer {
    const wanted = HEAD_LENGTH - this.head.length;
    this.head = Buffer.concat([this.head, bytes.subarray(0, wanted)]);
    if (this.head.length === HEAD_LENGTH) {
      this.left = this.head.readUInt32BE(4);
      this.head = Buffer.alloc(0);
    }
    return bytes.subarray(wanted);
  }
}
