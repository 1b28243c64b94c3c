import { SPECIFIC_CHARACTER_SET, type WantedElement } from '../dictionary/routing-element.js';
import type { Vr } from '../dictionary/value-representations.js';
import type { WantedElements } from '../dictionary/wanted-elements.js';
import { asciiText } from '../text/ascii-text.js';
import { characterSetOf, type CharacterSet } from '../text/character-set.js';
import { decodeText } from '../text/decode-text.js';
import { looksLikeText } from '../text/looks-like-text.js';
import { trimText } from '../text/trim-text.js';
import type { ElementHeader } from './element-header.js';
import type { Encoding } from './encoding.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderWarnings } from './header-warnings.js';
import type { WantedSequence } from './nesting.js';
import { numbersText } from './numbers-text.js';
import { isNumeric, numericVrs } from './numeric-vrs.js';
import { PrivateBlocks } from './private-blocks.js';
import { Scope, type Undecoded } from './scope.js';

/** Values that are no text and no numbers a rule could ask for. */
const opaque: ReadonlySet<Vr> = new Set<Vr>(['SQ', 'OB', 'OD', 'OF', 'OL', 'OV', 'OW']);

/** Facts parted by whether they say who the person is. */
export interface SeparatedFacts {
  readonly header: Readonly<Record<string, string>>;
  readonly identity: Readonly<Record<string, string>>;
}

/** Gathers the values of the routing header, and makes facts of them when the data set has ended. */
export class HeaderValues {
  readonly top: Scope;
  private readonly blocks: PrivateBlocks;
  /** The top and the items, in the order they came in. */
  private readonly scopes: Scope[];
  private keptBytes = 0;

  constructor(
    wanted: WantedElements,
    private readonly warnings: HeaderWarnings,
    private readonly limits: HeaderLimits,
  ) {
    this.top = new Scope(wanted.byTag);
    this.scopes = [this.top];
    this.blocks = new PrivateBlocks(wanted.byCreator);
  }

  /** What is asked for under this tag, if anything is. */
  find(scope: Scope, tag: number): WantedElement | undefined {
    const element = scope.elements.get(tag);
    return element === undefined && scope === this.top && PrivateBlocks.has(tag) ? this.blocks.find(tag) : element;
  }

  /** Where the values of the next item go; undefined where there are too many items. */
  item(sequence: WantedSequence): Scope | undefined {
    const { element, scope: outer } = sequence;
    const index = sequence.items++;
    if (element.items === undefined) return undefined;
    if (index >= this.limits.items) {
      const name = outer.prefix + element.keyword;
      this.warnings.add('dicom.value-left-out', () => `${name} has more than ${this.limits.items} items to keep`);
      return undefined;
    }
    const scope = new Scope(element.items, `${outer.prefix}${element.keyword}[${index}].`, outer);
    this.scopes.push(scope);
    return scope;
  }

  /** Whether to take the value. What is too long to keep is left out, with a warning. */
  wants(scope: Scope, element: WantedElement, vr: Vr | undefined, length: number): boolean {
    if (element.items !== undefined || (vr !== undefined && opaque.has(vr)) || scope.values.has(element)) return false;
    if (length <= this.limits.valueBytes && this.keptBytes + length <= this.limits.keptBytes) return true;
    this.warnings.add(
      'dicom.value-left-out',
      () => `value of ${scope.prefix}${element.keyword} has ${length} bytes, too many to keep`,
    );
    return false;
  }

  /** The value begins at `start` in `source`; it is copied only when it must wait for its character set. */
  take(
    scope: Scope,
    element: WantedElement,
    { tag, vr: written, length }: ElementHeader,
    encoding: Encoding,
    source: Buffer,
    start: number,
  ): void {
    this.keptBytes += length;
    const vr = written === undefined || written === 'UN' ? element.vr : written;
    const end = start + length;
    if (length % (vr !== undefined && isNumeric(vr) ? numericVrs[vr] : 2) !== 0) this.warnOfLength(element, vr, length);
    if (vr !== undefined && isNumeric(vr)) {
      // The bytes of a UN value are little endian in every syntax (PS3.5 6.2.2).
      const bigEndian = encoding.bigEndian && written !== 'UN';
      scope.values.set(element, numbersText(source, start, end, vr, bigEndian));
      return;
    }
    const value = this.textOf(element, vr, source, start, end);
    if (value === undefined) return;
    if (element !== PrivateBlocks.creator) scope.values.set(element, value);
    else if (typeof value === 'string') this.blocks.reserve(tag, value);
  }

  private textOf(
    element: WantedElement,
    vr: Vr | undefined,
    source: Buffer,
    start: number,
    end: number,
  ): string | Undecoded | undefined {
    if (vr === undefined && !looksLikeText(source, start, end)) {
      this.warnOfVr(element);
      return undefined;
    }
    const text = asciiText(source, start, end);
    if (text !== undefined) return trimText(text, vr ?? 'LO');
    return { bytes: Buffer.from(source.subarray(start, end)), vr: vr ?? 'LO' };
  }

  /** The facts by keyword, the elements of the top before those of items. */
  separated(): SeparatedFacts {
    const header: Record<string, string> = {};
    const identity: Record<string, string> = {};
    for (const scope of this.scopes) {
      const characterSet = this.characterSetOf(scope);
      for (const [element, value] of scope.values) {
        if (element.tag === SPECIFIC_CHARACTER_SET && scope !== this.top) continue;
        const name = scope.prefix + element.keyword;
        (element.identity ? identity : header)[name] =
          typeof value === 'string' ? value : this.decode(name, value, characterSet);
      }
    }
    return { header, identity };
  }

  /** An item may have a character set of its own, which holds for what is in it; else that around it does (PS3.3 C.12.1.1.2). */
  private characterSetOf(scope: Scope): CharacterSet {
    const own = this.declaredIn(scope);
    const characterSet = characterSetOf(own ?? this.declaredAround(scope) ?? '');
    if (own !== undefined && characterSet.fault !== undefined) this.warnOfCharacterSet(characterSet);
    return characterSet;
  }

  private declaredIn({ values, elements }: Scope): string | undefined {
    const element = elements.get(SPECIFIC_CHARACTER_SET);
    const value = element && values.get(element);
    return typeof value === 'string' ? value : undefined;
  }

  private declaredAround(scope: Scope): string | undefined {
    let outer = scope.outer;
    while (outer !== undefined) {
      const declared = this.declaredIn(outer);
      if (declared !== undefined) return declared;
      outer = outer.outer;
    }
    return undefined;
  }

  private decode(name: string, { bytes, vr }: Undecoded, characterSet: CharacterSet): string {
    const { text, faithful } = decodeText(bytes, vr, characterSet);
    if (!faithful) this.warnOfText(name, characterSet);
    return trimText(text, vr);
  }

  private warnOfLength(element: WantedElement, vr: Vr | undefined, length: number): void {
    this.warnings.add(
      'dicom.value-length',
      () => `value of ${element.keyword} has ${length} bytes, which no ${vr ?? 'value'} has`,
    );
  }

  private warnOfVr({ keyword }: WantedElement): void {
    this.warnings.add(
      'dicom.value-left-out',
      () => `value of ${keyword} is no text, and its value representation is not known`,
    );
  }

  private warnOfCharacterSet({ name, fault }: CharacterSet): void {
    this.warnings.add('dicom.character-set-wrong', () => `character set ${JSON.stringify(name)}: ${fault}`);
  }

  private warnOfText(name: string, characterSet: CharacterSet): void {
    if (characterSet.name === '') {
      this.warnings.add(
        'dicom.character-set-missing',
        () => `value of ${name} has more than ASCII, and no character set is declared; read as well as possible`,
      );
    } else {
      this.warnings.add(
        'dicom.text-undecodable',
        () => `value of ${name} is not in the character set "${characterSet.name}"; read as well as possible`,
      );
    }
  }
}
