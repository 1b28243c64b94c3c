import type { JsonLeaf, JsonLeaves } from './json-leaves.js';

/** What a leaf may be where it varies: the JSON grammar, of strings only what needs no escape. */
const STRING = '([^"\\\\\\x00-\\x1f]*)';
const OTHER = '(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null)';

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

type Plain = Record<string, unknown>;

/** An object in what a text says: a copy of the template with other values where they vary. What never varies is shared. */
interface Plan {
  readonly template: Plain;
  readonly parts: readonly (Slot | Child)[];
}
interface Slot {
  readonly key: string;
  /** Group of the pattern. */
  readonly group: number;
  readonly isString: boolean;
}
interface Child {
  readonly key: string;
  readonly plan: Plan;
}

/**
 * Texts of JSON that differ in some strings and numbers only. Such a text is taken apart by one pattern, which is several
 * times as fast as parsing it, and nothing that is not JSON fits the pattern.
 */
export class TextShape {
  readonly skeleton: string;
  readonly #value: Plain;
  readonly #leaves: readonly JsonLeaf[];
  readonly #pieces: readonly string[];
  readonly #isVarying: boolean[];
  #pattern: RegExp;
  #plan: Plan;

  /** @param value what the text says that the leaves are of */
  constructor(value: object, { skeleton, pieces, leaves }: JsonLeaves) {
    this.#value = value as Plain;
    this.skeleton = skeleton;
    this.#pieces = pieces;
    this.#leaves = leaves;
    this.#isVarying = leaves.map(() => false);
    this.#pattern = this.#newPattern();
    this.#plan = this.#newPlan();
  }

  /** What a text says, as JSON.parse does; undefined where it is of another shape. */
  read(text: string): object | undefined {
    const groups = this.#pattern.exec(text);
    return groups ? filled(this.#plan, groups) : undefined;
  }

  /** Takes in a text with the same skeleton. */
  widen({ leaves }: JsonLeaves): void {
    for (const [at, { text }] of leaves.entries()) this.#isVarying[at] ||= text !== this.#leaves[at]?.text;
    this.#pattern = this.#newPattern();
    this.#plan = this.#newPlan();
  }

  #newPattern(): RegExp {
    const parts = this.#pieces.map((piece, at) => {
      const leaf = this.#leaves[at];
      if (!leaf) return escaped(piece);
      return escaped(piece) + (this.#isVarying[at] ? (leaf.isString ? STRING : OTHER) : escaped(leaf.text));
    });
    return new RegExp(`^${parts.join('')}$`);
  }

  #newPlan(): Plan {
    let [leaf, group] = [0, 0];
    const planOf = (template: Plain): Plan => {
      const parts = Object.entries(template).flatMap(([key, value]): readonly (Slot | Child)[] => {
        if (typeof value === 'object' && value !== null) {
          const plan = planOf(value as Plain);
          return plan.parts.length > 0 ? [{ key, plan }] : [];
        }
        return this.#isVarying[leaf++] ? [{ key, group: ++group, isString: typeof value === 'string' }] : [];
      });
      return { template, parts };
    };
    return planOf(this.#value);
  }
}

const filled = ({ template, parts }: Plan, groups: RegExpExecArray): Plain => {
  const object = { ...template };
  for (const part of parts) object[part.key] = 'plan' in part ? filled(part.plan, groups) : valueOf(part, groups);
  return object;
};

const valueOf = ({ group, isString }: Slot, groups: RegExpExecArray): unknown => {
  const text = groups[group] ?? '';
  return isString ? text : (JSON.parse(text) as unknown);
};
