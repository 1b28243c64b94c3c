const ENOUGH = 65_536;

/** The same bytes in fewer pieces: short ones are joined, long ones passed on as they are. */
export async function* coalesced(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    if (piece.length < ENOUGH) {
      waiting.push(piece);
      bytes += piece.length;
    }
    if (bytes > 0 && (bytes >= ENOUGH || piece.length >= ENOUGH)) {
      yield Buffer.concat(waiting, bytes);
      waiting = [];
      bytes = 0;
    }
    if (piece.length >= ENOUGH) yield piece;
  }
  if (bytes > 0) yield Buffer.concat(waiting, bytes);
}
