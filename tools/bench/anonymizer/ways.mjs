import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { deidentify } from '../../../libs/deidentification/dist/index.js';
import { encodeFileMeta, readFileMeta } from '../../../libs/dicom/dist/index.js';

const { anonymizer, data } = createRequire(import.meta.url)('dcmjs');
const secret = 'a secret of the benchmark';

const ours = (options) => async (part10) => {
  const { transferSyntaxUid, dataSetOffset } = readFileMeta(part10);
  const profile = { options };
  const result = await deidentify(Readable.from([part10.subarray(dataSetOffset)]), {
    transferSyntaxUid,
    profile,
    secret,
  });
  const pieces = [encodeFileMeta(result)];
  for await (const piece of result.pieces) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** What most scripts do: read all, empty the tags of a list, write all. No UIDs, sequences or texts. */
const dcmjs = (part10) => {
  const bytes = part10.buffer.slice(part10.byteOffset, part10.byteOffset + part10.length);
  const dictionary = data.DicomMessage.readFile(bytes);
  anonymizer.cleanTags(dictionary.dict);
  return Buffer.from(dictionary.write());
};

/** Ways to de-identify a Part 10 file in memory. */
export const ways = {
  'basic profile': ours([]),
  'with cleaned descriptors and moved dates': ours(['clean-descriptors', 'retain-modified-dates']),
  'dcmjs script': dcmjs,
};
