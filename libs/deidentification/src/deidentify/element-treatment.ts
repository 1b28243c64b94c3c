import { elementVr, tagText, type Vr } from '@waystation/dicom';
import { asciiOf } from '../data-set/text-of.js';
import type { Element, Elements, SequenceElement, ValueElement } from '../data-set/element.js';
import { textElement } from '../data-set/value-of.js';
import { mapUid } from '../identity/map-uid.js';
import { codeUnder } from '../profile/code-under.js';
import type { ActionCode } from '../table/action-code.js';
import type { TableRow } from '../table/confidentiality-table.js';
import { tableRowOf } from '../table/table-row-of.js';
import { cleanWords, isWords, moveDates } from './clean-value.js';
import { dummyElement, emptyElement } from './dummy-value.js';
import { dummyItems } from './dummy-items.js';
import { keepValue } from './keep-value.js';
import { creatorOf, creatorTagOf, isCreator, isPrivate } from './private-creators.js';
import type { Treatment } from './report.js';
import type { Rules } from './rules.js';
import { itemScope, type Scope } from './scope.js';

/** Groups of commands and of file meta information, PS3.7 and PS3.10; the latter is written anew. */
const LAST_GROUP_OUTSIDE = 0x0002;
const PATIENT_NAME = 0x00100010;
const PATIENT_ID = 0x00100020;
/** What the data set says of an earlier de-identification; said anew. */
const methodTags: ReadonlySet<number> = new Set([0x00120062, 0x00120063, 0x00120064, 0x00280303]);
const temporal: ReadonlySet<Vr> = new Set<Vr>(['DA', 'DT', 'TM']);
const NAMES_SOMEBODY = 'names somebody';

/** What is left of an element, and why. */
interface Treated {
  readonly element: Element | undefined;
  readonly treatment: Treatment;
  readonly because: string;
}

/** Treats elements one by one as PS3.15 table E.1-1 says under the profile, and what the table does not list on the safe side. */
export class ElementTreatment {
  constructor(private readonly rules: Rules) {}

  /** Elements of a data set or item as they may be let out. */
  all(elements: Elements, scope: Scope): readonly Element[] {
    const kept = elements.flatMap((element) => this.one(element, elements, scope) ?? []);
    const blocks = new Set(kept.filter(({ tag }) => isPrivate(tag)).map(({ tag }) => creatorTagOf(tag)));
    const creators = elements.filter((element) => isCreator(element) && blocks.has(element.tag));
    return [...kept, ...creators];
  }

  private one(element: Element, around: Elements, scope: Scope): Element | undefined {
    if (isCreator(element)) return undefined;
    const row = tableRowOf(element.tag);
    const treated = this.treated(element, row, around, scope);
    const { tag, vr } = treated.element ?? element;
    const path = `${scope.path}${tagText(tag)}`;
    this.rules.report({ path, keyword: row?.[1], vr, treatment: treated.treatment, because: treated.because });
    return treated.element;
  }

  private treated(element: Element, row: TableRow | undefined, around: Elements, scope: Scope): Treated {
    if (element.tag >>> 16 <= LAST_GROUP_OUTSIDE) return removed('not of a data set');
    if (isPrivate(element.tag)) return this.privateElement(element, around, scope);
    if (row === undefined) return this.unlisted(element, scope);
    return this.byCode(element, codeUnder(row, this.rules.profile), row[2], scope);
  }

  private byCode(element: Element, code: ActionCode, basic: ActionCode, scope: Scope): Treated {
    switch (code) {
      case 'X':
        return removed(code);
      case 'Z':
      case 'X/Z':
        return this.emptied(element, code);
      case 'D':
      case 'Z/D':
      case 'X/D':
      case 'X/Z/D':
        return this.replaced(element, code, scope);
      case 'U':
      case 'X/Z/U*':
        return this.mapped(element, code, scope);
      case 'K':
        return this.kept(element, code, scope);
      case 'C':
        return this.cleaned(element, scope) ?? this.byCode(element, basic, basic, scope);
    }
  }

  private emptied({ tag, vr }: Element, because: string): Treated {
    if (tag !== PATIENT_NAME) return { element: emptyElement(tag, vr), treatment: 'emptied', because };
    return { element: textElement(tag, 'PN', this.rules.pseudonym), treatment: 'replaced', because };
  }

  /** Something in its place; nothing stays nothing. */
  private replaced(element: Element, because: string, scope: Scope): Treated {
    const { tag, vr } = element;
    const treatment = 'replaced';
    if (tag === PATIENT_ID) return { element: textElement(tag, 'LO', this.rules.pseudonym), treatment, because };
    if (element.kind === 'sequence') {
      const items = element.items.length === 0 ? [] : dummyItems(tag);
      return items === undefined
        ? this.lookedInto(element, because, scope)
        : { element: { ...element, items }, treatment, because };
    }
    if (element.kind === 'value' && element.value.length === 0) return { element, treatment: 'kept', because };
    if (vr === 'UI') return this.mapped(element, because, scope);
    return { element: dummyElement(tag, vr), treatment, because };
  }

  private mapped(element: Element, because: string, scope: Scope): Treated {
    if (element.kind === 'sequence') return this.lookedInto(element, because, scope);
    if (element.kind === 'fragments' || element.vr !== 'UI') return removed(because);
    const uids = asciiOf(element.value).split('\\');
    const mapped = uids.map((uid) => (uid.trim() === '' ? '' : mapUid(uid.trim(), this.rules.secret)));
    return { element: textElement(element.tag, 'UI', mapped.join('\\')), treatment: 'uid-mapped', because };
  }

  private kept(element: Element, because: string, scope: Scope): Treated {
    if (element.kind === 'sequence') return this.lookedInto(element, because, scope);
    if (element.kind === 'fragments') return { element, treatment: 'kept', because };
    const { matcher } = this.rules;
    const cleaned = scope.cleaned && isWords(element.vr);
    const kept = cleaned ? cleanWords(element, scope, this.rules) : keepValue(element, scope, matcher);
    if (kept === element) return { element, treatment: 'kept', because };
    return kept === undefined ? named(element) : { element: kept, treatment: 'cleaned', because: NAMES_SOMEBODY };
  }

  /** Undefined where it cannot be cleaned, and the basic profile decides. */
  private cleaned(element: Element, scope: Scope): Treated | undefined {
    if (element.kind === 'fragments') return undefined;
    if (element.kind === 'sequence') {
      const isDrawing = dummyItems(element.tag) !== undefined && !this.cleansContent(element);
      return isDrawing ? undefined : this.lookedInto(element, 'C', scope, true);
    }
    if (temporal.has(element.vr)) return asTreated(moveDates(element, this.rules), 'date-moved');
    return isWords(element.vr) ? asTreated(cleanWords(element, scope, this.rules), 'cleaned') : undefined;
  }

  private cleansContent({ tag }: SequenceElement): boolean {
    return tableRowOf(tag)?.[3]?.['clean-structured-content'] === 'C';
  }

  private lookedInto(sequence: SequenceElement, because: string, scope: Scope, clean = false): Treated {
    const items = sequence.items.map((item) => this.all(item, itemScope(scope, sequence.tag, item, clean)));
    return { element: { ...sequence, items }, treatment: 'looked-into', because };
  }

  private privateElement(element: Element, around: Elements, scope: Scope): Treated {
    if (!this.rules.profile.options.includes('retain-safe-private')) return removed('X');
    const creator = creatorOf(element.tag, around);
    const vr = creator === '' ? undefined : this.rules.safePrivate.vrOf(element.tag, creator);
    if (vr === undefined || this.rules.matcher.isIn(creator)) return removed('X');
    const known = element.kind === 'value' && element.vr === 'UN' ? { ...element, vr } : element;
    if (known.kind === 'value' && known.vr === 'UI') return this.mappedUnlessRetained(known, scope);
    if (known.vr === 'PN') return removed('X');
    return temporal.has(known.vr) ? this.unlistedDate(known, 'C', scope) : this.kept(known, 'C', scope);
  }

  private mappedUnlessRetained(element: ValueElement, scope: Scope): Treated {
    const retained = this.rules.profile.options.includes('retain-uids');
    return retained ? this.kept(element, 'C', scope) : this.mapped(element, 'C', scope);
  }

  private unlisted(element: Element, scope: Scope): Treated {
    const { tag, vr } = element;
    if (scope.path === '' && methodTags.has(tag)) return removed('said anew');
    if (tag >>> 24 === 0x60) return removed('overlay without its data');
    if (elementVr(tag, false) === undefined) return removed('not in PS3.6');
    const because = 'not in the table';
    if (vr === 'PN') return this.replaced(element, because, scope);
    return temporal.has(vr) ? this.unlistedDate(element, because, scope) : this.kept(element, because, scope);
  }

  private unlistedDate(element: Element, because: string, scope: Scope): Treated {
    const { options } = this.rules.profile;
    if (options.includes('retain-full-dates')) return this.kept(element, because, scope);
    const moved =
      options.includes('retain-modified-dates') && element.kind === 'value' && moveDates(element, this.rules);
    return (moved && asTreated(moved, 'date-moved', because)) || this.replaced(element, because, scope);
  }
}

const removed = (because: string): Treated => ({ element: undefined, treatment: 'removed', because });

const asTreated = (element: Element | undefined, treatment: Treatment, because = 'C'): Treated | undefined =>
  element && { element, treatment, because };

/** What is said instead of what names somebody. */
const named = ({ tag, vr }: ValueElement): Treated =>
  isPrivate(tag) || vr === 'OB' || vr === 'OW' || vr === 'UN'
    ? removed(NAMES_SOMEBODY)
    : { element: dummyElement(tag, vr), treatment: 'replaced', because: NAMES_SOMEBODY };
