// Waystation, second level: spooled, hashed, identified and durable in the object store; nothing written down about it.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyInstance } from '../../../apps/ingest/dist/receive-instance/identify-instance.js';
import { objectKey } from '../../../apps/ingest/dist/receive-instance/object-key.js';
import { spoolObject } from '../../../apps/ingest/dist/receive-instance/spool-object.js';
import { openObjectStore } from '../../../libs/object-store/dist/index.js';
import { serveStores } from './serve-stores.mjs';

const [port, folder] = process.argv.slice(2);
const spool = join(folder, 'spool');
await mkdir(spool);
const objects = await openObjectStore(`file://${join(folder, 'objects')}`);

await serveStores(Number(port), async (request) => {
  const { path, sha256, header } = await spoolObject(spool, request);
  const identity = identifyInstance(header.facts, request);
  if ('status' in identity) throw new Error(identity.reason);
  await objects.putFile(objectKey(sha256), path);
  await rm(path, { force: true });
  return { status: 0 };
});
