import type dcmjs from 'dcmjs';
import type { DicomDataset } from '../module/dicom-dataset.js';

type Dictionary = (typeof dcmjs)['data']['DicomMetaDictionary'];
type Elements = ReturnType<(typeof dcmjs)['data']['DicomMessage']['readFile']>['dict'];
type Element = Elements[string];

const TAG = /^[0-9A-Fa-f]{8}$/;

/**
 * dcmjs forgets the value representation of private elements and leaves them out when it writes: they are put into the data
 * set as they are, and come out of it by {@link restoreUnnamed}.
 */
export const putUnnamed = (dictionary: Dictionary, elements: Elements, dataset: DicomDataset): void => {
  for (const [tag, element] of Object.entries(elements)) {
    const name = dictionary.dictionary[dictionary.punctuateTag(tag)]?.name;
    if (name === undefined) dataset[tag] = element;
    else if (element.vr === 'SQ')
      for (const [item, elementsOfItem] of pairs(dataset[name], element)) putUnnamed(dictionary, elementsOfItem, item);
  }
};

/** Writes what dcmjs left out. */
export const restoreUnnamed = (dictionary: Dictionary, elements: Elements, dataset: DicomDataset): void => {
  for (const [key, value] of Object.entries(dataset)) {
    if (TAG.test(key) && isElement(value)) elements[key.toUpperCase()] = value;
    const tag = dictionary.nameMap[key]?.tag;
    const element = tag === undefined ? undefined : elements[dictionary.unpunctuateTag(tag)];
    if (element?.vr !== 'SQ') continue;
    for (const [item, elementsOfItem] of pairs(value, element)) restoreUnnamed(dictionary, elementsOfItem, item);
  }
};

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && 'vr' in value && typeof value.vr === 'string';

/** The items of a sequence in both forms. */
const pairs = (natural: unknown, { Value: values = [] }: Element): readonly (readonly [DicomDataset, Elements])[] => {
  const items = (Array.isArray(natural) ? natural : [natural]) as readonly (DicomDataset | undefined | null)[];
  return items.flatMap((item, index) => (item && values[index] ? [[item, values[index] as Elements] as const] : []));
};
