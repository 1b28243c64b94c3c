import type { Element, Elements } from '../data-set/element.js';
import { asciiAt } from '../data-set/value-of.js';

const FIRST_BLOCK = 0x10;
const LAST_BLOCK = 0xff;

/** Whether the tag is that of a private element: its group is odd. */
export const isPrivate = (tag: number): boolean => (tag & 0x10000) !== 0;

/** Whether the element reserves a block of private elements, PS3.5 7.8.1. */
export const isCreator = ({ tag }: Element): boolean =>
  isPrivate(tag) && (tag & 0xffff) >= FIRST_BLOCK && (tag & 0xffff) <= LAST_BLOCK;

/** The tag of what reserves the block of a private element. */
export const creatorTagOf = (tag: number): number => ((tag & 0xffff0000) | ((tag >>> 8) & 0xff)) >>> 0;

/** Who reserved the block of a private element; empty where nobody did. */
export const creatorOf = (tag: number, around: Elements): string => asciiAt(around, creatorTagOf(tag)).trim();
