// Waystation, first level: network, header, file. What storescp does as well.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeFileMeta, HeaderReader } from '../../../libs/dicom/dist/index.js';
import { serveStores } from './serve-stores.mjs';

const [port, folder] = process.argv.slice(2);

await serveStores(Number(port), async (request) => {
  const file = await open(join(folder, 'objects', request.sopInstanceUid), 'w');
  try {
    const header = new HeaderReader(request.transferSyntaxUid);
    await file.write(encodeFileMeta(request));
    for await (const chunk of request.data) {
      header.push(chunk);
      await file.write(chunk);
    }
    header.end();
    return { status: 0 };
  } finally {
    await file.close();
  }
});
