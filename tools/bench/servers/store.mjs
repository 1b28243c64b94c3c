// Waystation, second level: collected, hashed, identified and durable in the object store; nothing written down about it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { collectObject } from '../../../apps/ingest/dist/receive-instance/collect-object.js';
import { identifyInstance } from '../../../apps/ingest/dist/receive-instance/identify-instance.js';
import { wantedElements } from '../../../libs/dicom/dist/index.js';
import { openObjectStore } from '../../../libs/object-store/dist/index.js';
import { serveStores } from './serve-stores.mjs';

const [port, folder] = process.argv.slice(2);
const wanted = wantedElements();
const spool = join(folder, 'spool');
await mkdir(spool);
const objects = await openObjectStore(`file://${join(folder, 'objects')}`);

await serveStores(Number(port), async (request) => {
  const { object, header } = await collectObject(spool, request, wanted);
  const identity = identifyInstance(header.facts, request);
  if ('status' in identity) throw new Error(identity.reason);
  await objects.keep(object);
  return { status: 0 };
});
