import { CodedError } from '@waystation/kernel';
import { elementVr } from '../dictionary/element-vr.js';
import { tagText } from '../dictionary/tag-text.js';
import type { Vr } from '../dictionary/value-representations.js';
import {
  ElementHeader,
  isDelimiterAt,
  ITEM,
  ITEM_DELIMITATION,
  LONG_HEADER,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  UNDEFINED_LENGTH,
} from '../header/element-header.js';
import { detectDataSetEncoding, detectItemEncoding, implicitLittleEndian, type Encoding } from '../header/encoding.js';
import { malformed, truncated } from '../header/malformed.js';
import { Amendments } from './amendments.js';
import type { ByteSource } from './byte-source.js';
import { encodeElementHeader, encodeItemHeader } from './encode-element-header.js';
import { encodeElement, encodeValue } from './encode-value.js';
import { ImageAttributes } from './image-attributes.js';
import type { Level } from './level.js';
import type { PixelDecoding } from './pixel-decoding.js';

const PIXEL_DATA = 0x7fe00010;
/** Extended offset table and its lengths: they tell of fragments (PS3.3 C.7.6.3.1.8). */
const FRAGMENT_TABLES: ReadonlySet<number> = new Set([0x7fe00001, 0x7fe00002]);

/**
 * Steps from element to element through a data set that comes in pieces, and writes each anew. Values are passed on in
 * the pieces they come in; only frames of pixel data that is decoded are gathered. Sequences and items become ones of
 * undefined length, because that of their content changes. Group lengths (PS3.5 7.2, retired) are left out.
 */
export class DataSetReencoder {
  private readonly header = new ElementHeader();
  private readonly levels: Level[] = [];

  /** @param depth how many sequences may be inside each other */
  constructor(
    private readonly source: ByteSource,
    from: Encoding,
    to: Encoding,
    private readonly depth: number,
    private readonly pixels: PixelDecoding | undefined,
  ) {
    const attributes = new ImageAttributes();
    const amendments = pixels && new Amendments(pixels.decoding, attributes);
    this.levels.push({ kind: 'data set', end: undefined, from: undefined, declared: from, to, attributes, amendments });
  }

  /** @throws `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`, and what the decoder of frames throws */
  async *pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      yield* this.closeEnded();
      if (!(await this.readHeader())) return;
      if (this.level.kind === 'sequence') yield* this.item();
      else yield* this.element();
    }
  }

  private get level(): Level {
    const level = this.levels.at(-1);
    if (level === undefined) throw new Error('the data set is open until its end');
    return level;
  }

  private *closeEnded(): Generator<Buffer> {
    for (;;) {
      const { end, kind } = this.level;
      if (end === undefined || this.source.offset < end) return;
      if (this.source.offset > end) throw malformed(end, `the end of a ${kind}`, 'more of what is in it');
      yield this.close();
    }
  }

  private close(): Buffer {
    const { kind, to } = this.level;
    this.levels.pop();
    return encodeItemHeader(kind === 'item' ? ITEM_DELIMITATION : SEQUENCE_DELIMITATION, 0, to);
  }

  /** Reads the header of the next element. @returns false at the end of the data set */
  private async readHeader(): Promise<boolean> {
    const { source, level } = this;
    const { offset } = source;
    const bytes = await source.peek(LONG_HEADER);
    if (bytes.length < SHORT_HEADER) {
      // The padding of a data set of odd length (PS3.5 A.5).
      if (level.kind === 'data set' && bytes.every((byte) => byte === 0)) return false;
      throw truncated(offset + bytes.length, level.kind === 'data set' ? 'an element header' : `an open ${level.kind}`);
    }
    const encoding = this.encodingOf(level, bytes);
    const size = ElementHeader.sizeAt(bytes, 0, encoding);
    if (size === 0) {
      throw malformed(offset, 'a value representation', JSON.stringify(bytes.toString('latin1', 4, 6)));
    }
    this.header.read(await source.take(size, 'an element header'), 0, size, encoding);
    return true;
  }

  private encodingOf(level: Level, bytes: Buffer): Encoding {
    if (level.from !== undefined) return level.from;
    if (isDelimiterAt(bytes, 0, level.declared)) return level.declared;
    const detect = level.kind === 'item' ? detectItemEncoding : detectDataSetEncoding;
    level.from = level.kind === 'sequence' ? level.declared : detect(bytes, 0, level.declared);
    return level.from;
  }

  private *item(): Generator<Buffer> {
    const { tag, length } = this.header;
    const { declared, to, attributes } = this.level;
    if (tag === SEQUENCE_DELIMITATION) return yield* this.delimit();
    if (tag !== ITEM)
      throw malformed(this.source.offset, 'an item or the end of a sequence', `element ${tagText(tag)}`);
    if (length === 0) return yield encodeItemHeader(ITEM, 0, to);
    yield encodeItemHeader(ITEM, UNDEFINED_LENGTH, to);
    const end = this.endOf(length);
    const own = new ImageAttributes(attributes);
    this.levels.push({ kind: 'item', end, from: undefined, declared, to, attributes: own, amendments: undefined });
  }

  /** Where something of this length ends that begins here. */
  private endOf(length: number): number | undefined {
    if (length === UNDEFINED_LENGTH) return undefined;
    const end = this.source.offset + length;
    const around = this.levels.findLast((level) => level.end !== undefined)?.end;
    if (around !== undefined && end > around) {
      throw malformed(
        this.source.offset,
        `the end of element ${tagText(this.header.tag)} by byte ${around}`,
        String(end),
      );
    }
    return end;
  }

  /** Ends what is open. A delimiter that fits nothing is left out, as some writers put one behind items of defined length. */
  private *delimit(): Generator<Buffer> {
    const closes = this.header.tag === ITEM_DELIMITATION ? 'item' : 'sequence';
    if (this.level.kind === closes && this.level.end === undefined) yield this.close();
    else if (this.level.kind === 'item' && closes === 'sequence' && this.level.end === undefined) {
      throw malformed(this.source.offset, 'the end of an item', 'the end of a sequence');
    }
  }

  private async *element(): AsyncGenerator<Buffer> {
    const { level, source } = this;
    const { tag, length } = this.header;
    if (tag === ITEM) throw malformed(source.offset, 'an element', 'an item');
    if (tag === ITEM_DELIMITATION || tag === SEQUENCE_DELIMITATION) return yield* this.delimit();
    for (const { vr, value, ...added } of level.amendments?.before(tag) ?? [])
      yield encodeElement(added.tag, vr, value, level.to);
    const vr = this.header.vr ?? elementVr(tag, level.attributes.signed) ?? 'UN';
    if (tag === PIXEL_DATA && (length === UNDEFINED_LENGTH || level.amendments !== undefined)) yield* this.pixelData();
    else if (vr === 'SQ' || length === UNDEFINED_LENGTH) yield* this.sequence(vr);
    else if ((tag & 0xffff) === 0 || (level.amendments !== undefined && FRAGMENT_TABLES.has(tag))) await this.skip();
    else yield* this.value(vr);
  }

  private *sequence(vr: Vr): Generator<Buffer> {
    const { tag, length } = this.header;
    const { to, from = implicitLittleEndian, attributes } = this.level;
    // Items of UN are implicit in every syntax, and nobody says what they are (PS3.5 6.2.2).
    const unknown = this.header.vr === 'UN' && vr === 'UN';
    const open = length !== 0;
    yield encodeElementHeader(tag, unknown && to.explicit ? 'UN' : 'SQ', open ? UNDEFINED_LENGTH : 0, to);
    if (!open) return;
    if (this.levels.length > this.depth * 2) {
      const message = `data set has more than ${this.depth} sequences inside each other at byte ${this.source.offset}`;
      throw new CodedError('dicom.limit-exceeded', message);
    }
    this.levels.push({
      kind: 'sequence',
      end: this.endOf(length),
      from: undefined,
      declared: unknown ? implicitLittleEndian : from,
      to: unknown ? implicitLittleEndian : to,
      attributes,
      amendments: undefined,
    });
  }

  private async *value(vr: Vr): AsyncGenerator<Buffer> {
    const { level, source } = this;
    const { tag, length } = this.header;
    const inside = `element ${tagText(tag)}`;
    this.endOf(length);
    const from = level.from ?? level.declared;
    if (!ImageAttributes.wants(tag, length)) return yield* encodeValue(source, { tag, vr, length }, from, level.to);
    const value = Buffer.from(await source.take(length, inside));
    level.attributes.take(tag, vr, value, from);
    const other = level.amendments?.insteadOf(tag);
    if (other !== undefined) yield encodeElement(tag, other.vr, other.value, level.to);
    else yield encodeElement(tag, vr, value, level.to, from);
  }

  private async skip(): Promise<void> {
    const { tag, length } = this.header;
    this.endOf(length);
    for await (const piece of this.source.pieces(length, 1, `element ${tagText(tag)}`)) void piece;
  }

  private async *pixelData(): AsyncGenerator<Buffer> {
    const { level, source, pixels } = this;
    if (pixels === undefined || this.header.length !== UNDEFINED_LENGTH) {
      const found = pixels === undefined ? ['a length', 'fragments'] : ['fragments', 'a length'];
      throw malformed(source.offset, `${found[0]} of pixel data as the transfer syntax says`, String(found[1]));
    }
    yield* pixels.decode(source, level.attributes, level.to, level.amendments !== undefined);
  }
}
