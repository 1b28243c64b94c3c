import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Sealer, signingKeyFrom, type Seal } from '@waystation/event-log';
import type { StoredObject } from '@waystation/events';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import { bundleStudy, type BundleSources } from '../src/bundle/bundle-study.js';
import { auditedLog, type AuditedLog } from './audited-log.js';
import { unpacked, type Unpacked } from './unpacked.js';
import { HistoryWriter } from './write-history.js';

/** A study of two series and five objects, one of which is lost, in a log that is signed; and its bundle. */
export interface BundledStudy extends AsyncDisposable {
  readonly audited: AuditedLog;
  readonly writer: HistoryWriter;
  readonly sources: BundleSources;
  readonly bundle: Unpacked;
  /** For whatever a spec writes. */
  readonly folder: string;
  /** Copies of the seals. */
  readonly anchors: string;
  /** PEM of the public key of the signer. */
  readonly publicKey: string;
}

export const bundledStudy = async (): Promise<BundledStudy> => {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-spec-'));
  const anchors = join(folder, 'seals');
  await mkdir(anchors);
  const objects = await openObjectStore(pathToFileURL(join(folder, 'objects')).href);
  const audited = await auditedLog();
  const { log, project, views } = audited;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signingKey = signingKeyFrom(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const anchor = (seal: Seal): Promise<void> =>
    writeFile(join(anchors, `${String(seal.to).padStart(19, '0')}.json`), JSON.stringify(seal));
  const sealer = new Sealer(log, { service: 'spec', signingKey, anchor });
  const sources = { log, project, views, objects, source: '/log/spec/1', seal: () => sealer.sealNow() };
  const writer = new HistoryWriter(log);
  await writeStudy(writer, objects, sources.seal);
  const bundle = await unpacked(await bundleStudy(sources, writer.uid(0), { withObjects: true }));
  return {
    ...{ audited, writer, sources, bundle, folder, anchors },
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    async [Symbol.asyncDispose]() {
      await bundle[Symbol.asyncDispose]();
      await audited[Symbol.asyncDispose]();
      await objects.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const writeStudy = async (writer: HistoryWriter, objects: ObjectStore, seal: () => Promise<unknown>): Promise<void> => {
  await writer.publish();
  await writer.openAssociation('a');
  for (const number of [1, 2, 3]) {
    await writer.receive(0, 1, number, { association: 'a', object: await keep(objects, `image ${number}`) });
    await writer.receive(7, 3, number, { association: 'b' });
    await seal();
  }
  await writer.receive(0, 1, 1, { association: 'a', object: await keep(objects, 'another image 1') });
  await writer.receive(0, 2, 1, { association: 'a' });
  await writer.releaseAssociation('a', 4);
  await writer.addToStudy(0, 1);
  const [pacs = '', disk = ''] = await writer.route(1, (await writer.complete(1)) ?? 0);
  await writer.attempt(pacs, 'success');
  await writer.attempt(disk, 'failure');
};

/** Keeps a file whose data set begins behind ten bytes. */
const keep = async (objects: ObjectStore, dataSet: string): Promise<StoredObject> => {
  const bytes = Buffer.from(`0123456789${dataSet}`);
  const sha256 = createHash('sha256').update(dataSet).digest('hex');
  const key = await objects.keep({ sha256, size: bytes.length, chunks: [bytes] });
  return { key, sha256, size: bytes.length, dataSetOffset: 10 };
};

export interface Verdict {
  readonly code: number;
  readonly said: string;
}

/** Runs the verifier of a folder on bare Node, in an environment that knows nothing. */
export const runVerifier = (folder: string, ...args: readonly string[]): Promise<Verdict> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(folder, 'verify.mjs'), ...args], { env: {}, cwd: '/' }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), said: stdout + stderr }),
    );
  });
