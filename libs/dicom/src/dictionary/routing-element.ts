import type { Vr } from './value-representations.js';

/** An element that is read. */
export interface WantedElement {
  /** Name of the fact, within its item where it is in one: keyword of PS3.6, or the notation of a private element. */
  readonly keyword: string;
  /** `ggggeeee` as a number; of a private element `gggg00ee`, since its block differs from object to object. */
  readonly tag: number;
  /** What the value is where the data set does not say (PS3.6); undefined where nobody knows. */
  readonly vr: Vr | undefined;
  /** Says who the person is, and is sealed apart from the other facts. */
  readonly identity: boolean;
  /** What is read from the items of a sequence. */
  readonly items?: ElementsByTag;
}

export type ElementsByTag = ReadonlyMap<number, WantedElement>;

/** One element of the routing header. */
export interface RoutingElement extends WantedElement {
  readonly vr: Vr;
}

/** A sequence of the routing header, and what sites route by it. */
export interface RoutingSequence extends RoutingElement {
  readonly items: ElementsByTag;
  readonly purpose: string;
}

export const header = (keyword: string, tag: number, vr: Vr): RoutingElement => ({ keyword, tag, vr, identity: false });

export const identity = (keyword: string, tag: number, vr: Vr): RoutingElement => ({
  keyword,
  tag,
  vr,
  identity: true,
});

/** Tag of Specific Character Set, which an item may have of its own (PS3.3 C.12.1.1.2): it is read, and is no fact there. */
export const SPECIFIC_CHARACTER_SET = 0x00080005;

const characterSet = header('SpecificCharacterSet', SPECIFIC_CHARACTER_SET, 'CS');

/** What an item holds decides element by element whether it is identity. */
export const sequence = (keyword: string, tag: number, elements: readonly RoutingElement[]): RoutingElement => ({
  keyword,
  tag,
  vr: 'SQ',
  identity: false,
  items: new Map([characterSet, ...elements].map((element) => [element.tag, element])),
});
