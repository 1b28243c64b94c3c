import { tagText } from '../dictionary/tag-text.js';
import {
  ElementHeader,
  isDelimiterAt,
  ITEM,
  ITEM_DELIMITATION,
  LONG_HEADER,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  UNDEFINED_LENGTH,
} from './element-header.js';
import { detectDataSetEncoding, detectItemEncoding, implicitLittleEndian, type Encoding } from './encoding.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderValues } from './header-values.js';
import type { HeaderWarnings } from './header-warnings.js';
import { malformed, truncated } from './malformed.js';
import { Nesting } from './nesting.js';
import { TopLevelOrder } from './top-level-order.js';

/** Float, double float and integer pixels, PS3.3 C.7.6.3. */
const isPixelData = (tag: number): boolean => tag === 0x7fe00010 || tag === 0x7fe00008 || tag === 0x7fe00009;

/**
 * Steps from element to element through a data set that comes in pieces, and hands over the values of the routing
 * header. Keeps no bytes but the element header that a piece cuts in two and the values it hands over. What is behind
 * the pixel data is not looked at.
 */
export class DataSetWalker {
  private readonly header = new ElementHeader();
  private readonly nesting: Nesting;
  private readonly order: TopLevelOrder;
  /** An element header of which only a part has come. */
  private readonly cut = Buffer.alloc(LONG_HEADER);
  private cutBytes = 0;
  /** Bytes of the current value that are still to be stepped over. */
  private skipping = 0;
  /** The current value goes to the routing header; it has not come whole. */
  private wanting = false;
  private partial: Buffer | undefined;
  private partialBytes = 0;
  /** The next element header is the first of its data set or item. */
  private first = true;
  private inPixelData = false;
  private passedPixelData = false;
  private passedWanted = false;
  /** Bytes that came in pieces before the current one. */
  private before = 0;
  private headerOffset = 0;

  constructor(
    private encoding: Encoding,
    private readonly values: HeaderValues,
    private readonly warnings: HeaderWarnings,
    limits: HeaderLimits,
  ) {
    this.nesting = new Nesting(limits.depth);
    this.order = new TopLevelOrder(warnings, limits.elements);
  }

  /** Whether every element of the routing header has gone by. */
  get passedHeader(): boolean {
    return this.passedWanted;
  }

  /** Throws `dicom.malformed` or `dicom.limit-exceeded`. */
  push(piece: Buffer): void {
    let at = 0;
    while (at < piece.length && !this.passedPixelData) {
      if (this.skipping > 0) at = this.skip(piece, at);
      else if (this.wanting) at = this.take(piece, at);
      else if (this.cutBytes > 0 || piece.length - at < LONG_HEADER) at = this.joinHeader(piece, at);
      else at = this.readHeader(piece, at);
    }
    this.before += piece.length;
  }

  /** Throws `dicom.truncated` when the data set does not end between two elements. */
  end(): void {
    if (this.passedPixelData) return;
    if (this.inPixelData) throw truncated(this.before, 'its pixel data');
    if (this.skipping > 0 || this.wanting) throw truncated(this.before, `element ${tagText(this.header.tag)}`);
    if (this.cutBytes > 0) throw truncated(this.before, 'an element header');
    if (this.nesting.innermost !== undefined) throw truncated(this.before, `an open ${this.nesting.innermost}`);
  }

  private skip(piece: Buffer, at: number): number {
    const step = Math.min(this.skipping, piece.length - at);
    this.skipping -= step;
    if (this.skipping === 0) this.leaveValue();
    return at + step;
  }

  private leaveValue(): void {
    if (this.inPixelData && this.nesting.innermost === undefined) this.passedPixelData = true;
  }

  private take(piece: Buffer, at: number): number {
    const { tag, vr, length } = this.header;
    if (this.partial === undefined && piece.length - at >= length) {
      this.values.take(tag, vr, this.encoding, piece, at, at + length);
      this.wanting = false;
      return at + length;
    }
    this.partial ??= Buffer.allocUnsafe(length);
    const step = piece.copy(this.partial, this.partialBytes, at, at + length - this.partialBytes);
    this.partialBytes += step;
    if (this.partialBytes === length) {
      this.values.take(tag, vr, this.encoding, this.partial, 0, length);
      this.partial = undefined;
      this.partialBytes = 0;
      this.wanting = false;
    }
    return at + step;
  }

  /** Completes a header that a piece has cut: eight bytes tell whether four more belong to it. */
  private joinHeader(piece: Buffer, at: number): number {
    if (this.cutBytes === 0) this.headerOffset = this.before + at;
    let needed = this.cutBytes < SHORT_HEADER ? SHORT_HEADER : this.headerSize(this.cut, 0);
    while (this.cutBytes < needed) {
      if (at === piece.length) return at;
      const step = piece.copy(this.cut, this.cutBytes, at, at + needed - this.cutBytes);
      this.cutBytes += step;
      at += step;
      if (this.cutBytes === SHORT_HEADER) needed = this.headerSize(this.cut, 0);
    }
    this.cutBytes = 0;
    this.header.read(this.cut, 0, needed, this.encoding);
    this.enter();
    return at;
  }

  private readHeader(piece: Buffer, at: number): number {
    this.headerOffset = this.before + at;
    const size = this.headerSize(piece, at);
    this.header.read(piece, at, size, this.encoding);
    this.enter();
    return at + size;
  }

  private headerSize(bytes: Buffer, at: number): number {
    if (this.first) this.checkEncoding(bytes, at);
    const size = ElementHeader.sizeAt(bytes, at, this.encoding);
    if (size === 0) {
      const letters = bytes.toString('latin1', at + 4, at + 6);
      throw malformed(this.headerOffset, 'a value representation', JSON.stringify(letters));
    }
    return size;
  }

  private checkEncoding(bytes: Buffer, at: number): void {
    if (isDelimiterAt(bytes, at, this.encoding)) return;
    this.first = false;
    const inItem = this.nesting.innermost !== undefined;
    const found = (inItem ? detectItemEncoding : detectDataSetEncoding)(bytes, at, this.encoding);
    if (found === this.encoding) return;
    const declared = this.encoding.name;
    this.warnings.add(
      'dicom.transfer-syntax-mismatch',
      () =>
        `${inItem ? 'item' : 'data set'} at byte ${this.headerOffset} is ${found.name}, not ${declared}; read as it is`,
    );
    this.encoding = found;
  }

  private enter(): void {
    const { tag, vr, length } = this.header;
    const level = this.nesting.innermost;
    if (vr === undefined && this.encoding.explicit && tag < ITEM) this.warnOfVr(tag);
    if (tag === ITEM) this.enterItem();
    else if (tag === ITEM_DELIMITATION || tag === SEQUENCE_DELIMITATION) this.delimit();
    else if (level === 'sequence' || level === 'fragments') {
      throw malformed(this.headerOffset, 'an item or the end of a sequence', `element ${tagText(tag)}`);
    } else if (level === undefined) this.enterTopLevel();
    else if (length === UNDEFINED_LENGTH) this.openSequence('sequence');
    else this.skipping = length;
  }

  private warnOfVr(tag: number): void {
    this.warnings.add(
      'dicom.vr-unknown',
      () => `element ${tagText(tag)} at byte ${this.headerOffset} has a value representation that is not in PS3.5`,
    );
  }

  private enterTopLevel(): void {
    const { tag, vr, length } = this.header;
    this.order.check(tag, this.headerOffset);
    if (tag > this.values.lastTag) this.passedWanted = true;
    if (isPixelData(tag)) this.enterPixelData();
    else if (length === UNDEFINED_LENGTH) this.openSequence('sequence');
    else if (!this.values.wants(tag, vr, length)) this.skipping = length;
    else if (length === 0) this.values.take(tag, vr, this.encoding, this.cut, 0, 0);
    else this.wanting = true;
  }

  private enterPixelData(): void {
    this.inPixelData = true;
    if (this.header.length === UNDEFINED_LENGTH) return this.openSequence('fragments');
    this.skipping = this.header.length;
    if (this.skipping === 0) this.leaveValue();
  }

  private openSequence(level: 'sequence' | 'fragments'): void {
    this.nesting.open(level, this.encoding, this.headerOffset);
    if (this.header.vr === 'UN') this.encoding = implicitLittleEndian;
  }

  private enterItem(): void {
    const { length } = this.header;
    const level = this.nesting.innermost;
    if (level !== 'sequence' && level !== 'fragments') throw malformed(this.headerOffset, 'an element', 'an item');
    if (length !== UNDEFINED_LENGTH) this.skipping = length;
    else if (level === 'fragments')
      throw malformed(this.headerOffset, 'the length of a fragment', 'an undefined length');
    else {
      this.nesting.open('item', this.encoding, this.headerOffset);
      this.first = true;
    }
  }

  /** Ends what is open. A delimiter that fits nothing is stepped over, as some writers put one behind items of defined length. */
  private delimit(): void {
    const isItemEnd = this.header.tag === ITEM_DELIMITATION;
    const level = this.nesting.innermost;
    this.first = false;
    if (level === 'item' && !isItemEnd) {
      throw malformed(this.headerOffset, 'the end of an item', 'the end of a sequence');
    }
    if (level === undefined || (level !== 'item' && isItemEnd)) {
      this.warnings.add('dicom.delimiter-stray', () => `byte ${this.headerOffset} has a delimiter of nothing`);
      return;
    }
    this.encoding = this.nesting.close() ?? this.encoding;
    this.leaveValue();
  }
}
