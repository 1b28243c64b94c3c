import { factNames, wantedElements, type WantedElement } from '@waystation/dicom';
import { instanceKeywords, senderKeywords } from '@waystation/domain';
import type { ConfigurationDocument } from '@waystation/events';

const aboutTheObject = [...senderKeywords, ...instanceKeywords];

/** Names of all facts that objects have which come while a configuration is in force. */
export const namesReadBy = ({ facts }: Pick<ConfigurationDocument, 'facts'>): readonly string[] => [
  ...factNames(wantedElements(facts.additional)),
  ...aboutTheObject,
];

/** Names of the facts that lie in the log in clear. */
export const namesInClear = (): readonly string[] => {
  const { byTag, byCreator } = wantedElements();
  const elements = [byTag, ...byCreator.values()].flatMap((each) => [...each.values()]);
  return [...elements.flatMap((element) => clearNames(element, '')), ...aboutTheObject];
};

const clearNames = ({ keyword, identity, items }: WantedElement, prefix: string): readonly string[] => {
  if (items) return [...items.values()].flatMap((item) => clearNames(item, `${prefix}${keyword}[0].`));
  return identity ? [] : [prefix + keyword];
};
