import { wantedElements, type WantedElement } from '@waystation/dicom';
import { instanceKeywords, senderKeywords } from '@waystation/domain';

/** Names of the facts that lie in the log in clear. */
export const namesInClear = (): readonly string[] => {
  const { byTag, byCreator } = wantedElements();
  const elements = [byTag, ...byCreator.values()].flatMap((each) => [...each.values()]);
  return [...elements.flatMap((element) => clearNames(element, '')), ...senderKeywords, ...instanceKeywords];
};

const clearNames = ({ keyword, identity, items }: WantedElement, prefix: string): readonly string[] => {
  if (items) return [...items.values()].flatMap((item) => clearNames(item, `${prefix}${keyword}[0].`));
  return identity ? [] : [prefix + keyword];
};
