/** ES2024; Node 20 has it not, and there the garbage collector has to find out by itself. */
type Transferable = ArrayBufferLike & { readonly transfer?: (length: number) => ArrayBufferLike };

/**
 * Gives the memory of received bytes back at once. Bytes that wait for the garbage collector count as memory pressure:
 * at a few hundred megabytes a second it would mark the whole heap several times a second to get rid of them, which cost
 * more than everything else that is done for a CT slice.
 *
 * The last piece is left alone: the message that follows may begin in the same memory.
 * @param chunks pieces of one object as the network gave them, of which nothing is used any more. What a socket reads lies
 *   in memory of its own; pieces from the pool that small buffers share must not come here
 */
export const releaseChunks = (chunks: readonly Uint8Array[]): void => {
  const last = chunks.at(-1)?.buffer;
  const released = new Set<ArrayBufferLike>();
  for (const { buffer } of chunks) {
    if (buffer === last || released.has(buffer)) continue;
    released.add(buffer);
    (buffer as Transferable).transfer?.(0);
  }
};
