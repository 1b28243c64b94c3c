import type { WantedElement } from '../dictionary/routing-element.js';
import { tagText } from '../dictionary/tag-text.js';
import type { Vr } from '../dictionary/value-representations.js';
import {
  ElementHeader,
  isDelimiterAt,
  ITEM,
  ITEM_DELIMITATION,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  UNDEFINED_LENGTH,
} from './element-header.js';
import { detectDataSetEncoding, detectItemEncoding, implicitLittleEndian, type Encoding } from './encoding.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderValues } from './header-values.js';
import type { HeaderWarnings } from './header-warnings.js';
import { malformed } from './malformed.js';
import { Nesting, type Level, type WantedSequence } from './nesting.js';
import type { Scope } from './scope.js';
import { TopLevelOrder } from './top-level-order.js';

const NO_BYTES = Buffer.alloc(0);
const NOWHERE_YET = Number.POSITIVE_INFINITY;

/** Float, double float and integer pixels, PS3.3 C.7.6.3. */
const isPixelData = (tag: number): boolean => tag === 0x7fe00010 || tag === 0x7fe00008 || tag === 0x7fe00009;

/** Whether the value may be a sequence of items; where nothing else is written, the dictionary says so. */
const mayHaveItems = (vr: Vr | undefined): boolean => vr === 'SQ' || vr === 'UN' || vr === undefined;

/**
 * What one element header after the other means: which sequences and items are open, how they are written, and whether
 * the value that follows is wanted. Sequences nobody asks for are stepped over as far as their length says.
 */
export class DataSetStructure {
  /** The element header that was read last. */
  readonly header = new ElementHeader();
  /** Bytes of its value that are still to be stepped over. */
  skipping = 0;
  /** Set while its value is to be taken. */
  wanted: WantedElement | undefined;
  inPixelData = false;
  passedPixelData = false;
  private readonly nesting: Nesting;
  private readonly order: TopLevelOrder;
  /** The next element header is the first of its data set or item. */
  private first = true;
  private offset = 0;

  constructor(
    public encoding: Encoding,
    private readonly values: HeaderValues,
    private readonly warnings: HeaderWarnings,
    limits: HeaderLimits,
  ) {
    this.nesting = new Nesting(limits.depth);
    this.order = new TopLevelOrder(warnings, limits.elements);
  }

  /** The last tag that went by at the top of the data set; -1 before the first. */
  get reached(): number {
    return this.order.reached;
  }

  /** What is open, if anything is. */
  get open(): Level['kind'] | undefined {
    return this.nesting.innermost?.kind;
  }

  /** Where values go that come now; undefined where none are wanted. */
  get scope(): Scope | undefined {
    const { innermost } = this.nesting;
    return innermost === undefined ? this.values.top : innermost.scope;
  }

  /** An element header begins at this byte of the data set. Throws `dicom.malformed`. */
  begin(offset: number): void {
    this.offset = offset;
    if (offset + SHORT_HEADER <= this.nesting.limit) return;
    this.closeEnded(offset);
    this.checkLimit(SHORT_HEADER);
  }

  /** Closes what ends before this byte. */
  closeEnded(offset: number): void {
    while (this.nesting.innermost?.end === offset) this.close();
  }

  /**
   * Bytes the element header takes. Throws `dicom.malformed`.
   *
   * @param bytes at least eight from `at`
   */
  headerSize(bytes: Buffer, at: number): number {
    if (this.first) this.checkEncoding(bytes, at);
    const size = ElementHeader.sizeAt(bytes, at, this.encoding);
    if (size === 0) {
      const letters = bytes.toString('latin1', at + 4, at + 6);
      throw malformed(this.offset, 'a value representation', JSON.stringify(letters));
    }
    this.checkLimit(size);
    return size;
  }

  /**
   * Reads the element header and decides about its value. Throws `dicom.malformed` or `dicom.limit-exceeded`.
   *
   * @param size what `headerSize` said; so many bytes must be there
   */
  enter(bytes: Buffer, at: number, size: number): void {
    this.header.read(bytes, at, size, this.encoding);
    const { tag, vr, length } = this.header;
    if (vr === undefined && this.encoding.explicit && tag < ITEM) this.warnOfVr(tag);
    if (length !== UNDEFINED_LENGTH) this.checkLimit(size + length);
    const end = length === UNDEFINED_LENGTH ? NOWHERE_YET : this.offset + size + length;
    const level = this.nesting.innermost;
    if (tag === ITEM) this.enterItem(end);
    else if (tag === ITEM_DELIMITATION || tag === SEQUENCE_DELIMITATION) this.delimit();
    else if (level === undefined) this.enterTopLevel(end);
    else if (level.kind === 'item') this.enterElement(end);
    else throw malformed(this.offset, 'an item or the end of a sequence', `element ${tagText(tag)}`);
  }

  /** Behind the value: is this the end of the pixel data? */
  leaveValue(): void {
    if (this.inPixelData && this.nesting.innermost === undefined) this.passedPixelData = true;
  }

  /**
   * Gives up a sequence that makes no sense inside, where it says how long it is: what could be read of it holds.
   *
   * @returns the byte of the data set where to go on; undefined where nobody knows
   */
  abandon(): number | undefined {
    const abandoned = this.nesting.abandon();
    if (abandoned === undefined) return undefined;
    const { offset } = this;
    this.warnings.add('dicom.sequence-unreadable', () => `a sequence makes no sense at byte ${offset}; stepped over`);
    this.encoding = abandoned.outerEncoding;
    this.first = false;
    return abandoned.end;
  }

  /** @param length of what begins here; it must end before what is around it ends */
  private checkLimit(length: number): void {
    const { limit } = this.nesting;
    if (this.offset + length > limit) throw malformed(this.offset, `an end by byte ${limit}`, `${length} bytes more`);
  }

  private checkEncoding(bytes: Buffer, at: number): void {
    if (isDelimiterAt(bytes, at, this.encoding)) return;
    this.first = false;
    const inItem = this.nesting.innermost !== undefined;
    const found = (inItem ? detectItemEncoding : detectDataSetEncoding)(bytes, at, this.encoding);
    if (found !== this.encoding) this.warnOfEncoding(inItem, found, this.encoding);
    this.encoding = found;
  }

  /** A syntax that nobody knows says nothing about how the data set is written. */
  private warnOfEncoding(inItem: boolean, found: Encoding, declared: Encoding): void {
    if (!inItem && this.warnings.has('dicom.transfer-syntax-unknown')) return;
    this.warnings.add(
      inItem ? 'dicom.item-encoding' : 'dicom.transfer-syntax-mismatch',
      () => `${inItem ? `item at byte ${this.offset}` : 'data set'} is ${found.name}, not ${declared.name}`,
    );
  }

  private warnOfVr(tag: number): void {
    this.warnings.add(
      'dicom.vr-unknown',
      () => `element ${tagText(tag)} at byte ${this.offset} has a value representation that is not in PS3.5`,
    );
  }

  private enterTopLevel(end: number): void {
    const { tag, length } = this.header;
    this.order.check(tag, this.offset);
    if (!isPixelData(tag)) return this.enterElement(end);
    this.inPixelData = true;
    if (length === UNDEFINED_LENGTH) return this.nest({ kind: 'fragments', end });
    this.skipping = length;
    if (length === 0) this.leaveValue();
  }

  private enterElement(end: number): void {
    const { tag, vr, length } = this.header;
    const { scope } = this;
    const element = scope && this.values.find(scope, tag);
    if (scope && element?.items !== undefined && mayHaveItems(vr) && scope.opens(element)) {
      this.nestSequence(end, { element, scope, items: 0 });
    } else if (length === UNDEFINED_LENGTH) this.nestSequence(end);
    else if (scope === undefined || element === undefined || !this.values.wants(scope, element, vr, length)) {
      this.skipping = length;
    } else if (length === 0) this.values.take(scope, element, this.header, this.encoding, NO_BYTES, 0);
    else this.wanted = element;
  }

  private nestSequence(end: number, sequence?: WantedSequence): void {
    this.nest({ kind: 'sequence', end, sequence });
    if (this.header.vr === 'UN') this.encoding = implicitLittleEndian;
  }

  private nest(level: Omit<Level, 'limit' | 'outerEncoding'>): void {
    this.nesting.open({ ...level, outerEncoding: this.encoding }, this.offset);
  }

  private enterItem(end: number): void {
    const { length } = this.header;
    const level = this.nesting.innermost;
    if (level?.kind !== 'sequence' && level?.kind !== 'fragments') {
      throw malformed(this.offset, 'an element', 'an item');
    }
    const scope = level.sequence && this.values.item(level.sequence);
    if (scope === undefined && length !== UNDEFINED_LENGTH) this.skipping = length;
    else if (level.kind === 'fragments') {
      throw malformed(this.offset, 'the length of a fragment', 'an undefined length');
    } else {
      this.nest({ kind: 'item', end, scope });
      this.first = true;
    }
  }

  /** Ends what is open. A delimiter that fits nothing is stepped over, as some writers put one behind items of defined length. */
  private delimit(): void {
    const isItemEnd = this.header.tag === ITEM_DELIMITATION;
    const level = this.open;
    this.first = false;
    if (level === 'item' && !isItemEnd) {
      throw malformed(this.offset, 'the end of an item', 'the end of a sequence');
    }
    if (level === undefined || (level !== 'item' && isItemEnd)) {
      this.warnings.add('dicom.delimiter-stray', () => `byte ${this.offset} has a delimiter of nothing`);
      return;
    }
    this.close();
  }

  private close(): void {
    this.encoding = this.nesting.close()?.outerEncoding ?? this.encoding;
    this.first = false;
    this.leaveValue();
  }
}
