import { CodedError } from '@waystation/kernel';
import { characterSetOf, type CharacterSet, type Vr } from '@waystation/dicom';
import { asciiAt } from '../data-set/value-of.js';
import type { Elements, ValueElement } from '../data-set/element.js';
import { isText, textOf } from '../data-set/text-of.js';
import { dateForms } from './date-forms.js';
import { plainText } from './plain-text.js';

const SPECIFIC_CHARACTER_SET = 0x00080005;
const PATIENT_BIRTH_DATE = 0x00100030;
/** A single letter is an initial, but where it is a syllable or an ideograph. */
const SHORTEST_NAME = 2;
const SHORTEST_IDENTIFIER = 4;
/** What people put between the parts of a name. */
const joints = ['', ' ', ', ', '_', '-', '.'];
const MOST_TOKENS = 2000;
/** Longer than any value of one line is (PS3.5 6.2). */
const LONGEST_TOKEN = 2048;

/** Elements that number or locate a person, a visit or an order: what they say is looked for in all other text. */
const identifiers: ReadonlySet<number> = new Set([
  0x00080050, 0x00080092, 0x00080094, 0x00100020, 0x00101000, 0x00101040, 0x00101050, 0x00101090, 0x00102154,
  0x00102155, 0x00120040, 0x00120042, 0x00200010, 0x00380010, 0x00380060, 0x00380300, 0x00380400,
  0x00400253, 0x00401001, 0x00401102, 0x00401103, 0x00401104, 0x00402010, 0x00402016, 0x00402017, 0x00400551,
]); // prettier-ignore

/** Words and numbers that say who somebody is, and their bytes where they were written in another character set. */
export interface IdentityTokens {
  /** In plain text, see `plainText`. */
  readonly names: ReadonlySet<string>;
  /** Numbers, addresses and dates, in plain text. */
  readonly identifiers: ReadonlySet<string>;
  /** As they stood in the data set, where that is not ASCII; as Latin-1 text. */
  readonly raw: ReadonlySet<string>;
}

/** Gathers what says who somebody is from all of a data set: names of persons, numbers, addresses, the day of birth. */
export class TokenCollector {
  private readonly names: Set<string>;
  private readonly identifiers: Set<string>;
  private readonly raw: Set<string>;

  /**
   * @param known more of what says who the patient is, in clear
   * @param shared the same, gathered from other objects
   */
  constructor(known: readonly string[] = [], shared?: IdentityTokens) {
    [this.names, this.identifiers, this.raw] = [
      new Set(shared?.names),
      new Set(shared?.identifiers),
      new Set(shared?.raw),
    ];
    for (const text of known) this.addIdentifier(text);
    for (const text of known) for (const word of wordsOf(text)) this.addName(word);
  }

  /** @param characterSet of what is around an item */
  add(elements: Elements, characterSet: CharacterSet = characterSetOf('')): void {
    const declared = elements.some(({ tag }) => tag === SPECIFIC_CHARACTER_SET);
    const own = declared ? characterSetOf(asciiAt(elements, SPECIFIC_CHARACTER_SET)) : characterSet;
    for (const element of elements) {
      if (element.kind === 'sequence') for (const item of element.items) this.add(item, own);
      if (element.kind === 'value') this.addValue(element, own);
    }
  }

  /** @throws `deidentification.identity-too-large` where so much cannot be looked for in all that is said */
  tokens(): IdentityTokens {
    const texts = [...this.names, ...this.identifiers, ...this.raw];
    if (texts.length > MOST_TOKENS || texts.some(({ length }) => length > LONGEST_TOKEN)) {
      throw new CodedError(
        'deidentification.identity-too-large',
        `data set names persons with ${texts.length} words and numbers, expected at most ${MOST_TOKENS} of at most ${LONGEST_TOKEN} characters`,
      );
    }
    return { names: this.names, identifiers: this.identifiers, raw: this.raw };
  }

  private addValue(element: ValueElement, characterSet: CharacterSet): void {
    const { tag, vr, value } = element;
    if (vr === 'PN') return this.addPersonName(value, characterSet);
    if (tag === PATIENT_BIRTH_DATE) return this.addBirthDate(value.toString('latin1').trim());
    if (!identifiers.has(tag) || !isText(vr)) return;
    for (const text of valuesOf(textOf(value, vr, characterSet).text, vr)) this.addIdentifier(text);
    this.addRaw(value, vr);
  }

  private addPersonName(value: Buffer, characterSet: CharacterSet): void {
    const { text } = textOf(value, 'PN', characterSet);
    for (const group of text.split(/[\\=]/)) {
      for (const component of group.split('^')) for (const word of wordsOf(component)) this.addName(word);
      const [family = '', given = ''] = group.split('^');
      for (const by of joints) for (const joined of [family + by + given, given + by + family]) this.addName(joined);
    }
    this.addRaw(value, 'PN');
  }

  private addRaw(value: Buffer, vr: Vr): void {
    if (value.every((byte) => byte < 0x80 && byte !== 0x1b)) return;
    const separators = vr === 'PN' ? /[\\^=]/ : /\\/;
    for (const part of value.toString('latin1').split(separators)) {
      const bytes = part.replaceAll('\0', ' ').trim();
      if (bytes.length >= SHORTEST_IDENTIFIER) this.raw.add(bytes);
    }
  }

  private addBirthDate(date: string): void {
    for (const form of dateForms(date)) this.identifiers.add(form);
  }

  private addName(word: string): void {
    const plain = plainText(word).trim();
    if (/\p{L}/u.test(plain) && (plain.length >= SHORTEST_NAME || /\p{Script=Han}|\p{Script=Hangul}/u.test(plain)))
      this.names.add(plain);
  }

  private addIdentifier(text: string): void {
    const plain = plainText(text).trim();
    // With other separators, and as a number alone.
    for (const form of [plain, plain.replaceAll(/[^\p{L}\d]/gu, ''), /\d{6,}/.exec(plain)?.[0] ?? '']) {
      if (form.length >= SHORTEST_IDENTIFIER) this.identifiers.add(form);
    }
  }
}

/** Words of a name, and the name itself; single letters are none. */
const wordsOf = (text: string): readonly string[] => {
  const words = text.split(/[\s\0,.;·・'’()/-]+/u);
  return [text, ...words];
};

const valuesOf = (text: string, vr: Vr): readonly string[] =>
  ['LT', 'ST', 'UT', 'UR'].includes(vr) ? [text] : text.split('\\');
