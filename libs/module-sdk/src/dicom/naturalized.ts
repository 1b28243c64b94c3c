import type { DicomDataset } from '../module/dicom-dataset.js';
import { loadDcmjs } from './load-dcmjs.js';
import { putUnnamed, restoreUnnamed } from './unnamed-elements.js';

/** A Part 10 file as dcmjs naturalizes it, with its file meta information as `_meta`. Throws what dcmjs throws. */
export const naturalized = async (part10: Buffer): Promise<DicomDataset> => {
  const { DicomMessage, DicomMetaDictionary } = await loadDcmjs();
  const { meta, dict } = DicomMessage.readFile(new Uint8Array(part10).buffer);
  const dataset: DicomDataset = DicomMetaDictionary.naturalizeDataset(dict);
  putUnnamed(DicomMetaDictionary, dict, dataset);
  return Object.assign(dataset, { _meta: DicomMetaDictionary.namifyDataset(meta) });
};

/**
 * The Part 10 file of a naturalized data set: in the transfer syntax of its `_meta`, explicit VR little endian where it has
 * none. Throws what dcmjs throws.
 */
export const part10Of = async (dataset: DicomDataset): Promise<Buffer> => {
  const { datasetToDict, DicomMetaDictionary } = await loadDcmjs();
  // dcmjs puts file meta information of its own in place of the given one.
  const file = datasetToDict({ ...dataset, _meta: dataset['_meta'] ?? {}, _vrMap: dataset['_vrMap'] ?? {} });
  restoreUnnamed(DicomMetaDictionary, file.dict, dataset);
  return Buffer.from(file.write());
};
