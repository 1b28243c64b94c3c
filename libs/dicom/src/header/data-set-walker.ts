import { tagText } from '../dictionary/tag-text.js';
import type { WantedElement } from '../dictionary/routing-element.js';
import { LONG_HEADER, SHORT_HEADER } from './element-header.js';
import type { Encoding } from './encoding.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderValues } from './header-values.js';
import type { HeaderWarnings } from './header-warnings.js';
import { DataSetStructure } from './data-set-structure.js';
import { truncated } from './malformed.js';
import { ValueInPieces } from './value-in-pieces.js';

/**
 * Steps from element to element through a data set that comes in pieces, and hands over the values that are wanted. Keeps
 * no bytes but the element header that a piece cuts in two and the values it hands over. What is behind the pixel data is
 * not looked at.
 */
export class DataSetWalker {
  private readonly structure: DataSetStructure;
  /** An element header of which only a part has come. */
  private readonly cut = Buffer.alloc(LONG_HEADER);
  private cutBytes = 0;
  private readonly value = new ValueInPieces();
  /** Bytes that came in pieces before the current one. */
  private before = 0;

  constructor(
    encoding: Encoding,
    private readonly values: HeaderValues,
    warnings: HeaderWarnings,
    limits: HeaderLimits,
  ) {
    this.structure = new DataSetStructure(encoding, values, warnings, limits);
  }

  /** The last tag that went by at the top of the data set; -1 before the first. */
  get reached(): number {
    return this.structure.reached;
  }

  /** Throws `dicom.malformed` or `dicom.limit-exceeded`. */
  push(piece: Buffer): void {
    const { structure } = this;
    let at = 0;
    while (at < piece.length && !structure.passedPixelData) {
      if (structure.skipping > 0) at = this.skip(piece, at);
      else if (structure.wanted !== undefined) at = this.take(piece, at, structure.wanted);
      else at = this.next(piece, at);
    }
    this.before += piece.length;
  }

  /** Throws `dicom.truncated` when the data set does not end between two elements. */
  end(): void {
    const { structure, before } = this;
    if (structure.passedPixelData) return;
    if (structure.inPixelData) throw truncated(before, 'its pixel data');
    if (structure.skipping > 0 || structure.wanted !== undefined) {
      throw truncated(before, `element ${tagText(structure.header.tag)}`);
    }
    if (this.cutBytes > 0) throw truncated(before, 'an element header');
    structure.closeEnded(before);
    if (structure.open !== undefined) throw truncated(before, `an open ${structure.open}`);
  }

  private skip(piece: Buffer, at: number): number {
    const { structure } = this;
    const step = Math.min(structure.skipping, piece.length - at);
    structure.skipping -= step;
    if (structure.skipping === 0) structure.leaveValue();
    return at + step;
  }

  private take(piece: Buffer, at: number, element: WantedElement): number {
    const { length } = this.structure.header;
    if (!this.value.begun && piece.length - at >= length) {
      this.handOver(element, piece, at);
      return at + length;
    }
    const step = this.value.add(piece, at, length);
    const whole = this.value.whole();
    if (whole !== undefined) this.handOver(element, whole, 0);
    return at + step;
  }

  private handOver(element: WantedElement, source: Buffer, start: number): void {
    const { structure } = this;
    structure.wanted = undefined;
    if (structure.scope === undefined) return;
    this.values.take(structure.scope, element, structure.header, structure.encoding, source, start);
  }

  /** Reads the next element header, or as much of it as has come. */
  private next(piece: Buffer, at: number): number {
    const { structure } = this;
    try {
      if (this.cutBytes === 0) structure.begin(this.before + at);
      const whole = this.cutBytes === 0 && piece.length - at >= LONG_HEADER;
      return whole ? this.readHeader(piece, at) : this.joinHeader(piece, at);
    } catch (error) {
      const end = structure.abandon();
      if (end === undefined) throw error;
      this.cutBytes = 0;
      structure.skipping = Math.max(0, end - this.before - piece.length);
      return Math.min(end - this.before, piece.length);
    }
  }

  /** Completes a header that a piece has cut: eight bytes tell whether four more belong to it. */
  private joinHeader(piece: Buffer, at: number): number {
    let needed = this.cutBytes < SHORT_HEADER ? SHORT_HEADER : this.structure.headerSize(this.cut, 0);
    while (this.cutBytes < needed) {
      if (at === piece.length) return at;
      const step = piece.copy(this.cut, this.cutBytes, at, at + needed - this.cutBytes);
      this.cutBytes += step;
      at += step;
      if (this.cutBytes === SHORT_HEADER) needed = this.structure.headerSize(this.cut, 0);
    }
    this.cutBytes = 0;
    this.structure.enter(this.cut, 0, needed);
    return at;
  }

  private readHeader(piece: Buffer, at: number): number {
    const size = this.structure.headerSize(piece, at);
    this.structure.enter(piece, at, size);
    return at + size;
  }
}
