import type { FileHandle } from 'node:fs/promises';

/** As many pieces as one call of the kernel takes (IOV_MAX of Linux). */
const MOST_CHUNKS = 1024;

/** Writes all chunks one behind the other, over as many calls as that takes. */
export const writeFully = async (handle: FileHandle, chunks: readonly Uint8Array[], start: number): Promise<void> => {
  let [left, position] = [chunks, start];
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left.slice(0, MOST_CHUNKS), position);
    position += bytesWritten;
    left = rest(left, bytesWritten);
  }
};

/** What is left of the chunks behind so many bytes. */
const rest = (chunks: readonly Uint8Array[], skip: number): readonly Uint8Array[] => {
  let skipped = 0;
  const first = chunks.findIndex((chunk) => (skipped += chunk.length) > skip);
  if (first < 0) return [];
  const [cut, ...whole] = chunks.slice(first);
  return cut ? [cut.subarray(cut.length - (skipped - skip)), ...whole] : [];
};
