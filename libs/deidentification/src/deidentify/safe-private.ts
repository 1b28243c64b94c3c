import { safePrivateElements, type Vr } from '@waystation/dicom';
import type { Elements } from '../data-set/element.js';
import { asciiAt, itemsAt } from '../data-set/value-of.js';

const CHARACTERISTICS = 0x00080300;
const GROUP = 0x00080301;
const CREATOR = 0x00080302;
const STATUS = 0x00080303;
const NOT_IDENTIFYING = 0x00080304;

const nameOf = (tag: number, creator: string): string => `${tag & 0xffff00ff}|${creator}`;

const known: ReadonlyMap<string, Vr> = new Map(
  safePrivateElements.map(({ tag, creator, vr }) => [nameOf(tag, creator), vr]),
);

/**
 * Private elements thought safe from identity leakage: those of PS3.15 table E.3.10-1, and those that the data set says
 * are (Private Data Element Characteristics Sequence, PS3.3 C.12.1).
 */
export class SafePrivate {
  private readonly blocks = new Set<string>();
  private readonly elements = new Set<string>();

  /** @param topLevel elements of the data set */
  constructor(topLevel: Elements) {
    for (const item of itemsAt(topLevel, CHARACTERISTICS)) {
      const group = numbersAt(item, GROUP)[0];
      if (group === undefined) continue;
      const creator = asciiAt(item, CREATOR).trim();
      if (asciiAt(item, STATUS).trim() === 'SAFE') this.blocks.add(`${group}|${creator}`);
      for (const element of numbersAt(item, NOT_IDENTIFYING))
        this.elements.add(nameOf(group * 0x10000 + element, creator));
    }
  }

  /** The representation of a safe element, UN where nobody said; undefined where it is not safe. */
  vrOf(tag: number, creator: string): Vr | undefined {
    const name = nameOf(tag, creator);
    const declared = this.elements.has(name) || this.blocks.has(`${tag >>> 16}|${creator}`);
    return known.get(name) ?? (declared ? 'UN' : undefined);
  }
}

/** Numbers of 16 bits. */
const numbersAt = (elements: Elements, tag: number): readonly number[] => {
  const element = elements.find((one) => one.tag === tag);
  if (element?.kind !== 'value') return [];
  const { value, encoding } = element;
  const places = Array.from({ length: Math.floor(value.length / 2) }, (_, index) => index * 2);
  return places.map((at) => (encoding.bigEndian ? value.readUInt16BE(at) : value.readUInt16LE(at)));
};
