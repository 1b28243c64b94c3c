import { factNames, wantedElements } from '@waystation/dicom';
import type { ConfigurationDocument } from '@waystation/events';
import { senderKeywords } from '../series/header-from-sender.js';
import { instanceKeywords } from '../series/series-facts.js';

/** Names a condition may use: what is read from objects, and what the receiver knows of how they came. */
export const knownTagsOf = ({ facts }: Pick<ConfigurationDocument, 'facts'>): readonly string[] => [
  ...factNames(wantedElements(facts.additional)),
  ...senderKeywords,
  ...instanceKeywords,
];
