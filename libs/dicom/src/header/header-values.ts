import { lastRoutingTag, routingElementByTag, type RoutingElement } from '../dictionary/routing-elements.js';
import type { Vr } from '../dictionary/value-representations.js';
import { asciiText } from '../text/ascii-text.js';
import { characterSetOf } from '../text/character-set.js';
import { decodeText } from '../text/decode-text.js';
import { trimText } from '../text/trim-text.js';
import type { Encoding } from './encoding.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderWarnings } from './header-warnings.js';
import { numbersText } from './numbers-text.js';
import { isNumeric, numericVrs } from './numeric-vrs.js';

/** Values that are no text and no numbers a rule could ask for. */
const opaque: ReadonlySet<Vr> = new Set<Vr>(['SQ', 'OB', 'OD', 'OF', 'OL', 'OV', 'OW']);

/** A value with bytes beyond ASCII: its character set is only certain when the data set has been read. */
interface Undecoded {
  readonly bytes: Buffer;
  readonly vr: Vr;
}

/** Gathers the values of the routing header, and makes facts of them when the data set has ended. */
export class HeaderValues {
  private readonly values = new Map<RoutingElement, string | Undecoded>();
  private keptBytes = 0;

  constructor(
    private readonly warnings: HeaderWarnings,
    private readonly limits: HeaderLimits,
  ) {}

  /** The highest tag of the routing header. */
  readonly lastTag = lastRoutingTag;

  /** Whether to take the value. What is too long to keep is left out, with a warning. */
  wants(tag: number, vr: Vr | undefined, length: number): boolean {
    const element = routingElementByTag.get(tag);
    if (element === undefined || (vr !== undefined && opaque.has(vr)) || this.values.has(element)) return false;
    if (length <= this.limits.valueBytes && this.keptBytes + length <= this.limits.keptBytes) return true;
    this.warnings.add(
      'dicom.value-left-out',
      () => `value of ${element.keyword} has ${length} bytes, too many to keep`,
    );
    return false;
  }

  /** The value lies in `source` from `start` to `end`; it is copied only when it must wait for its character set. */
  take(tag: number, written: Vr | undefined, encoding: Encoding, source: Buffer, start: number, end: number): void {
    const element = routingElementByTag.get(tag);
    if (element === undefined) return;
    this.keptBytes += end - start;
    const vr = this.vrOf(element, written);
    if ((end - start) % (isNumeric(vr) ? numericVrs[vr] : 2) !== 0) this.warnOfLength(element, vr, end - start);
    if (isNumeric(vr)) {
      // The bytes of a UN value are little endian in every syntax (PS3.5 6.2.2).
      const bigEndian = encoding.bigEndian && written !== 'UN';
      this.values.set(element, numbersText(source, start, end, vr, bigEndian));
      return;
    }
    const text = asciiText(source, start, end);
    const value = text === undefined ? { bytes: Buffer.from(source.subarray(start, end)), vr } : trimText(text, vr);
    this.values.set(element, value);
  }

  /** The facts by keyword, in the order the elements came in. */
  facts(): Readonly<Record<string, string>> {
    const characterSet = characterSetOf(this.specificCharacterSet());
    const facts: Record<string, string> = {};
    for (const [{ keyword }, value] of this.values) {
      if (typeof value === 'string') facts[keyword] = value;
      else {
        const { text, faithful } = decodeText(value.bytes, value.vr, characterSet);
        if (!faithful) this.warnOfText(keyword, characterSet.name);
        facts[keyword] = trimText(text, value.vr);
      }
    }
    return facts;
  }

  private specificCharacterSet(): string {
    const element = routingElementByTag.get(0x00080005);
    const value = element === undefined ? undefined : this.values.get(element);
    return typeof value === 'string' ? value : '';
  }

  private vrOf(element: RoutingElement, written: Vr | undefined): Vr {
    return written === undefined || written === 'UN' ? element.vr : written;
  }

  private warnOfLength({ keyword }: RoutingElement, vr: Vr, length: number): void {
    this.warnings.add('dicom.value-length', () => `value of ${keyword} has ${length} bytes, which no ${vr} has`);
  }

  private warnOfText(keyword: string, characterSet: string): void {
    this.warnings.add(
      'dicom.text-undecodable',
      () => `value of ${keyword} is not in the character set "${characterSet}"; read as well as possible`,
    );
  }
}
