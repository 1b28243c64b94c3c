import {
  encodeElement,
  encodeElementHeader,
  encodeItemHeader,
  explicitLittleEndian,
  ITEM,
  ITEM_DELIMITATION,
  SEQUENCE_DELIMITATION,
  UNDEFINED_LENGTH,
  type Encoding,
} from '@waystation/dicom';
import type { Element, Elements } from './element.js';

/** Elements in the order of their tags, each tag once, sequences and items of undefined length (PS3.5 7.1 and 7.5). */
export function* writeElements(elements: Elements, to: Encoding): Generator<Buffer> {
  let last = -1;
  for (const element of elements.toSorted((one, other) => one.tag - other.tag)) {
    if (element.tag !== last) yield* writeElement(element, to);
    last = element.tag;
  }
}

function* writeElement(element: Element, to: Encoding): Generator<Buffer> {
  if (element.kind === 'value') {
    yield encodeElement(element.tag, element.vr, element.value, to, element.encoding);
  } else if (element.kind === 'fragments') {
    yield* writeFragments(element.tag, element.fragments, to);
  } else {
    yield encodeElementHeader(element.tag, 'SQ', element.items.length === 0 ? 0 : UNDEFINED_LENGTH, to);
    for (const item of element.items) {
      yield encodeItemHeader(ITEM, UNDEFINED_LENGTH, to);
      yield* writeElements(item, to);
      yield encodeItemHeader(ITEM_DELIMITATION, 0, to);
    }
    if (element.items.length > 0) yield encodeItemHeader(SEQUENCE_DELIMITATION, 0, to);
  }
}

function* writeFragments(tag: number, fragments: readonly Buffer[], to: Encoding): Generator<Buffer> {
  yield encodeElementHeader(tag, 'OB', UNDEFINED_LENGTH, to);
  for (const fragment of fragments) {
    yield encodeItemHeader(ITEM, fragment.length, explicitLittleEndian);
    yield fragment;
  }
  yield encodeItemHeader(SEQUENCE_DELIMITATION, 0, explicitLittleEndian);
}
