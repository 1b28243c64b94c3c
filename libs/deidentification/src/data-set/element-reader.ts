import {
  ByteSource,
  detectDataSetEncoding,
  detectItemEncoding,
  ElementHeader,
  elementVr,
  implicitLittleEndian,
  isDelimiterAt,
  ITEM,
  ITEM_DELIMITATION,
  LONG_HEADER,
  malformed,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  tagText,
  truncated,
  UNDEFINED_LENGTH,
  type Encoding,
  type Vr,
} from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import type { Element, Elements, SequenceElement } from './element.js';
import { isPixelData } from './pixel-data.js';
import type { ReadingLimits } from './reading-limits.js';

/** The header of the top-level pixel data, of which nothing is read. */
export interface PixelHeader {
  readonly tag: number;
  readonly vr: Vr;
  /** In bytes, or UNDEFINED_LENGTH where fragments follow. */
  readonly length: number;
  readonly encoding: Encoding;
}

interface ReadHeader {
  readonly tag: number;
  readonly vr: Vr | undefined;
  readonly length: number;
}

const PIXEL_REPRESENTATION = 0x00280103;

/** Reads elements of a data set that comes in pieces, in the order in which they stand there. Group lengths are left out. */
export class ElementReader {
  private readonly header = new ElementHeader();
  private held = 0;
  private signed = false;

  constructor(
    private readonly source: ByteSource,
    private readonly limits: ReadingLimits,
  ) {}

  /**
   * Top-level elements up to pixel data or the end.
   * @throws `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`
   */
  async topLevel(declared: Encoding): Promise<{ readonly elements: Elements; readonly pixels?: PixelHeader }> {
    const elements: Element[] = [];
    let encoding: Encoding | undefined;
    for (;;) {
      const bytes = await this.source.peek(LONG_HEADER);
      if (bytes.length < SHORT_HEADER && bytes.every((byte) => byte === 0)) return { elements };
      if (bytes.length >= SHORT_HEADER) encoding ??= detectDataSetEncoding(bytes, 0, declared);
      const header = await this.readHeader(encoding ?? declared);
      const vr = this.vrOf(header);
      if (isPixelData(header.tag)) {
        return { elements, pixels: { tag: header.tag, vr, length: header.length, encoding: encoding ?? declared } };
      }
      elements.push(...(await this.element(header, encoding ?? declared, undefined, 0)));
    }
  }

  private async readHeader(encoding: Encoding): Promise<ReadHeader> {
    const { offset } = this.source;
    const bytes = await this.source.peek(LONG_HEADER);
    if (bytes.length < SHORT_HEADER) throw truncated(offset + bytes.length, 'an element header');
    const size = ElementHeader.sizeAt(bytes, 0, encoding);
    if (size === 0) throw malformed(offset, 'a value representation', 'something else');
    this.header.read(await this.source.take(size, 'an element header'), 0, size, encoding);
    return { tag: this.header.tag, vr: this.header.vr, length: this.header.length };
  }

  private vrOf({ tag, vr }: ReadHeader): Vr {
    return vr === undefined || vr === 'UN' ? (elementVr(tag, this.signed) ?? 'UN') : vr;
  }

  private async element(
    header: ReadHeader,
    encoding: Encoding,
    end: number | undefined,
    depth: number,
  ): Promise<readonly Element[]> {
    const { tag, length } = header;
    const vr = this.vrOf(header);
    if (tag >>> 16 === 0xfffe) {
      // Some writers put a delimiter behind items of defined length.
      if (length === 0 && tag !== ITEM) return [];
      throw malformed(this.source.offset, 'an element', `element ${tagText(tag)}`);
    }
    const written = header.vr === 'UN' ? implicitLittleEndian : encoding;
    if (length === UNDEFINED_LENGTH && isPixelData(tag)) return [await this.fragments(tag)];
    if (vr === 'SQ' || length === UNDEFINED_LENGTH) return [await this.sequence(header, written, end, depth)];
    const value = await this.value(tag, length, end);
    if ((tag & 0xffff) === 0) return [];
    if (tag === PIXEL_REPRESENTATION) this.signed = value.length > 0 && value.some((byte) => byte !== 0);
    return [{ kind: 'value', tag, vr, value, encoding: written }];
  }

  private async value(tag: number, length: number, end: number | undefined): Promise<Buffer> {
    this.endOf(tag, length, end);
    this.held += length;
    if (this.held > this.limits.bytes) {
      const most = `${this.limits.bytes} bytes beside its pixel data`;
      throw new CodedError('dicom.limit-exceeded', `data set has more than ${most} by element ${tagText(tag)}`);
    }
    return this.source.take(length, `element ${tagText(tag)}`);
  }

  /** Where something ends that begins here; what is around it must not end before. */
  private endOf(tag: number, length: number, around: number | undefined): number | undefined {
    if (length === UNDEFINED_LENGTH) return around;
    const end = this.source.offset + length;
    if (around === undefined || end <= around) return end;
    throw malformed(this.source.offset, `the end of element ${tagText(tag)} by byte ${around}`, String(end));
  }

  private async sequence(
    { tag, length }: ReadHeader,
    encoding: Encoding,
    around: number | undefined,
    depth: number,
  ): Promise<SequenceElement> {
    if (depth >= this.limits.depth) {
      const most = `${this.limits.depth} sequences inside each other`;
      throw new CodedError('dicom.limit-exceeded', `data set has more than ${most} at byte ${this.source.offset}`);
    }
    const end = this.endOf(tag, length, around);
    const items: Elements[] = [];
    while (length === UNDEFINED_LENGTH || this.source.offset < (end ?? 0)) {
      const item = await this.readHeader(encoding);
      if (item.tag === SEQUENCE_DELIMITATION) {
        if (length === UNDEFINED_LENGTH) break;
        continue;
      }
      if (item.tag !== ITEM) throw malformed(this.source.offset, 'an item', `element ${tagText(item.tag)}`);
      items.push(await this.item(item.length, encoding, end, depth + 1));
    }
    return { kind: 'sequence', tag, vr: 'SQ', items };
  }

  private async item(length: number, declared: Encoding, around: number | undefined, depth: number): Promise<Elements> {
    const end = this.endOf(ITEM, length, around);
    const elements: Element[] = [];
    let encoding: Encoding | undefined;
    while (length === UNDEFINED_LENGTH || this.source.offset < (end ?? 0)) {
      const bytes = await this.source.peek(LONG_HEADER);
      if (bytes.length < SHORT_HEADER) throw truncated(this.source.offset + bytes.length, 'an open item');
      if (!isDelimiterAt(bytes, 0, declared)) encoding ??= detectItemEncoding(bytes, 0, declared);
      const header = await this.readHeader(encoding ?? declared);
      if (length === UNDEFINED_LENGTH && header.tag === ITEM_DELIMITATION) break;
      elements.push(...(await this.element(header, encoding ?? declared, end, depth)));
    }
    if (end !== undefined && length !== UNDEFINED_LENGTH && this.source.offset > end) {
      throw malformed(end, 'the end of an item', 'more of what is in it');
    }
    return elements;
  }

  private async fragments(tag: number): Promise<Element> {
    const fragments: Buffer[] = [];
    for (;;) {
      const { tag: found, length } = await this.readHeader(implicitLittleEndian);
      if (found === SEQUENCE_DELIMITATION) return { kind: 'fragments', tag, vr: 'OB', fragments };
      if (found !== ITEM || length === UNDEFINED_LENGTH) {
        throw malformed(this.source.offset, 'a fragment', `element ${tagText(found)}`);
      }
      fragments.push(await this.value(tag, length, undefined));
    }
  }
}
