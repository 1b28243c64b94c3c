/** ES2024; Node 20 has it not, and there the garbage collector has to find out by itself. */
type Transferable = ArrayBufferLike & { readonly transfer?: (length: number) => ArrayBufferLike };

/**
 * Gives the memory of bytes back at once that nobody uses any more, the kernel included. Left to the garbage collector, half
 * a megabyte for every object makes it mark the whole heap again and again. What shares its memory with others is left alone.
 */
export const releaseMemory = ({ buffer, byteLength }: Uint8Array): void => {
  if (buffer.byteLength === byteLength) (buffer as Transferable).transfer?.(0);
};
