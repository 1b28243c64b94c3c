/** What comes of a decision: its outcome, and where it sends something. */
interface Effects {
  readonly outcome: string;
  readonly targets: readonly { readonly target: string }[];
}

type MoreOrFewer = Readonly<Record<string, { readonly more: number; readonly fewer: number }>>;

const targetsOf = ({ targets }: Effects): ReadonlySet<string> => new Set(targets.map(({ target }) => target));

/** Counts how outcomes change, and to which targets more or fewer decisions would send. */
export class EffectCount {
  readonly #outcomes = new Map<string, number>();
  readonly #targets = new Map<string, { more: number; fewer: number }>();

  add({ was, would }: { readonly was: Effects; readonly would: Effects }): void {
    if (was.outcome !== would.outcome) {
      const change = `${was.outcome} → ${would.outcome}`;
      this.#outcomes.set(change, (this.#outcomes.get(change) ?? 0) + 1);
    }
    const [before, after] = [targetsOf(was), targetsOf(would)];
    for (const target of new Set([...before, ...after])) {
      const [had, has] = [before.has(target), after.has(target)];
      if (had === has) continue;
      const count = this.#targets.get(target) ?? { more: 0, fewer: 0 };
      this.#targets.set(target, { more: count.more + Number(has), fewer: count.fewer + Number(had) });
    }
  }

  summary(): { readonly outcomes: Readonly<Record<string, number>>; readonly targets: MoreOrFewer } {
    return { outcomes: Object.fromEntries(this.#outcomes), targets: Object.fromEntries(this.#targets) };
  }
}
