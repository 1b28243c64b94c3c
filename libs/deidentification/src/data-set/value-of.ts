import { explicitLittleEndian, type Vr } from '@waystation/dicom';
import { asciiOf } from './text-of.js';
import type { Element, Elements, ValueElement } from './element.js';

/** An element of ASCII text. */
export const textElement = (tag: number, vr: Vr, text: string): ValueElement => {
  const bytes = Buffer.from(text, 'latin1');
  const padding = Buffer.alloc(bytes.length % 2, vr === 'UI' ? 0x00 : 0x20);
  return { kind: 'value', tag, vr, value: Buffer.concat([bytes, padding]), encoding: explicitLittleEndian };
};

/** The ASCII text of an element among others; empty where it is not there. */
export const asciiAt = (elements: Elements, tag: number): string => {
  const element = elements.find((one) => one.tag === tag);
  return element?.kind === 'value' ? asciiOf(element.value) : '';
};

/** The items of a sequence among other elements. */
export const itemsAt = (elements: Elements, tag: number): readonly Elements[] => {
  const element: Element | undefined = elements.find((one) => one.tag === tag);
  return element?.kind === 'sequence' ? element.items : [];
};
