import { privateName } from './private-name.js';
import { SPECIFIC_CHARACTER_SET, type WantedElement, type ElementsByTag } from './routing-element.js';
import { routingElementByTag } from './routing-elements.js';
import { safePrivateElements } from './safe-private-elements.js';
import type { Vr } from './value-representations.js';

/** An element that somebody asks for beside the routing header. Nobody vouches for it: it counts as identity. */
export interface AdditionalElement {
  /** `0018,9073`, or `(0019,xx0C,SIEMENS MR HEADER)` for a private element whose block is not fixed. */
  readonly element: string;
  /** What the value is where the data set does not say: in Implicit VR Little Endian it never does. */
  readonly vr?: Vr | undefined;
}

/** What is read from the top of a data set. */
export interface WantedElements {
  readonly byTag: ElementsByTag;
  /** Private elements by who reserved their block, then by `gggg00ee`. */
  readonly byCreator: ReadonlyMap<string, ElementsByTag>;
  /** The tag behind which nothing of it comes. */
  readonly lastTag: number;
}

const byNumber = /^([0-9a-f]{4}),([0-9a-f]{4})$/i;
const byCreator = /^\(([0-9a-f]{4}),xx([0-9a-f]{2}),(.+)\)$/i;

/**
 * The routing header, the private elements that are safe, and what is asked for beside them. What cannot be read as the
 * name of an element, and what the routing header has anyway, adds nothing.
 */
export const wantedElements = (additional: readonly AdditionalElement[] = []): WantedElements => {
  const standard = new Map(routingElementByTag);
  const creators = new Map<string, Map<number, WantedElement>>();
  const addPrivate = (creator: string, element: WantedElement): void => {
    const elements = creators.get(creator) ?? new Map<number, WantedElement>();
    creators.set(creator, elements);
    if (!elements.has(element.tag)) elements.set(element.tag, element);
  };
  for (const element of safePrivateElements) addPrivate(element.creator, element);
  for (const { element, vr } of additional) {
    const [, group, offset, creator] = byCreator.exec(element) ?? [];
    const [, whole, rest] = byNumber.exec(element) ?? [];
    if (group !== undefined && offset !== undefined && creator !== undefined) {
      const tag = Number.parseInt(`${group}00${offset}`, 16);
      addPrivate(creator, { keyword: privateName(tag, creator), tag, vr, identity: true });
    } else if (whole !== undefined && rest !== undefined) {
      const tag = Number.parseInt(whole + rest, 16);
      if (!standard.has(tag)) standard.set(tag, { keyword: element.toUpperCase(), tag, vr, identity: true });
    }
  }
  // A private element stands in some block from 10H to FFH.
  const blocksEnd = [...creators.values()].flatMap((elements) => [...elements.keys()]).map((tag) => tag | 0xffff);
  const lastTag = Math.max(...standard.keys(), ...blocksEnd.map((tag) => tag >>> 0));
  return { byTag: standard, byCreator: creators, lastTag };
};

/** What is read where nobody asks for more. */
export const routingHeader: WantedElements = wantedElements();

/**
 * Names of all facts that an object can have, each sequence with its first item: `Modality`,
 * `RequestAttributesSequence[0].RequestedProcedureID`, `(0019,xx0C,SIEMENS MR HEADER)`.
 */
export const factNames = ({ byTag, byCreator: creators }: WantedElements): readonly string[] => [
  ...namesOf(byTag, ''),
  ...[...creators.values()].flatMap((elements) => namesOf(elements, '')),
];

const namesOf = (elements: ElementsByTag, prefix: string): readonly string[] =>
  [...elements.values()].flatMap(({ keyword, tag, items }) => {
    if (items !== undefined) return namesOf(items, `${prefix}${keyword}[0].`);
    return tag === SPECIFIC_CHARACTER_SET && prefix !== '' ? [] : [prefix + keyword];
  });
