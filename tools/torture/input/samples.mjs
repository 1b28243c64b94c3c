import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeaderReader, readFileMeta } from '../../../libs/dicom/dist/index.js';
import { isDicomUid } from '../../../libs/kernel/dist/index.js';
import { syntheticUid } from '../../../libs/testing/dist/index.js';
import { root } from '../../setup/root.mjs';
import { associateRequest, context, CT, EXPLICIT, releaseRequest, store } from './encode.mjs';
import { even } from './objects.mjs';

const column = { file: 0, label: 7 };

/** The folder of damaged files, if there is one. */
const folder = () => {
  const path = process.env.WAYSTATION_SAMPLES ?? join(root, '..', 'shared', 'samples');
  return existsSync(join(path, 'index.tsv')) ? path : undefined;
};

/** Every damaged file of the samples, each on an association of its own as a sender that cares little would send it. */
export function* sampleAttacks() {
  const path = folder();
  if (path === undefined) return;
  const lines = readFileSync(join(path, 'index.tsv'), 'utf8').split('\n');
  for (const cells of lines.map((line) => line.split('\t'))) {
    if (cells[column.label] === 'malformed') yield attackOf(path, cells[column.file]);
  }
}

function attackOf(path, name) {
  const bytes = readFileSync(join(path, name));
  const meta = attempt(() => readFileMeta(bytes));
  const syntax = firstUid(meta?.transferSyntaxUid) ?? EXPLICIT;
  const dataSet = even(meta === undefined ? bytes : bytes.subarray(meta.dataSetOffset));
  const uids = attempt(() => uidsOf(dataSet, syntax));
  const sopClassUid = firstUid(uids?.sopClassUid, meta?.sopClassUid) ?? CT;
  const sopInstanceUid = firstUid(uids?.sopInstanceUid, meta?.sopInstanceUid) ?? syntheticUid(name);
  const request = associateRequest({ contexts: [context(1, sopClassUid, syntax)] });
  return {
    name,
    chunks: [request, ...store({ sopClassUid, sopInstanceUid, dataSet }), releaseRequest()],
    endBy: 'end',
  };
}

const firstUid = (...texts) => texts.find((text) => text !== undefined && isDicomUid(text));

function uidsOf(dataSet, syntax) {
  const reader = new HeaderReader(syntax);
  reader.push(dataSet);
  return reader.end().uids;
}

function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
