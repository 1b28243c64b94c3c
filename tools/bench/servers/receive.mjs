// Waystation, first level: network, header, file. What storescp does as well.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeFileMeta, HeaderReader } from '../../../libs/dicom/dist/index.js';
import { serveStores } from './serve-stores.mjs';

const [port, folder] = process.argv.slice(2);

/** As in the product: an object up to this size is written at once, of a larger one every piece as it comes. */
const IN_MEMORY_BYTES = 2 * 1024 * 1024;

await serveStores(Number(port), async (request) => {
  const file = await open(join(folder, 'objects', request.sopInstanceUid), 'w');
  try {
    const header = new HeaderReader(request.transferSyntaxUid);
    const pieces = [encodeFileMeta(request)];
    let size = 0;
    for await (const chunk of request.data) {
      header.push(chunk);
      pieces.push(chunk);
      size += chunk.length;
      if (size > IN_MEMORY_BYTES) await file.writev(pieces.splice(0));
    }
    if (pieces.length > 0) await file.writev(pieces);
    header.end();
    return { status: 0 };
  } finally {
    await file.close();
  }
});
