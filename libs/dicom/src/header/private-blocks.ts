import type { WantedElement, ElementsByTag } from '../dictionary/routing-element.js';

const FIRST_BLOCK = 0x10;
const LAST_BLOCK = 0xff;

/** Which blocks of private elements are reserved by whom, PS3.5 7.8.1. */
export class PrivateBlocks {
  /** What reserves a block: `(gggg,0010)` to `(gggg,00FF)`. */
  static readonly creator: WantedElement = { keyword: 'PrivateCreator', tag: 0, vr: 'LO', identity: false };

  /** By group and block, `ggggbb`; undefined where nobody asks for what the creator wrote. */
  private readonly blocks = new Map<number, ElementsByTag | undefined>();

  constructor(private readonly byCreator: ReadonlyMap<string, ElementsByTag>) {}

  /** Whether the tag is private: its group is odd. */
  static has(tag: number): boolean {
    return (tag & 0x10000) !== 0;
  }

  /** What is asked for under a private tag: an element of a block, or the creator of one. */
  find(tag: number): WantedElement | undefined {
    const element = tag & 0xffff;
    if (element > LAST_BLOCK) return this.blocks.get(tag >>> 8)?.get((tag & 0xffff00ff) >>> 0);
    return element >= FIRST_BLOCK ? PrivateBlocks.creator : undefined;
  }

  /** Notes who reserved a block. Where two did, the first holds. */
  reserve(tag: number, creator: string): void {
    const block = ((tag >>> 16) << 8) | (tag & 0xff);
    if (!this.blocks.has(block)) this.blocks.set(block, this.byCreator.get(creator));
  }
}
