import type { ReportedElement } from '@waystation/deidentification';

/** What was done with an element, in how many places of how many objects. */
export interface SummarizedAction extends ReportedElement {
  readonly count: number;
}

/** Gathers what was done with all elements of all objects, without what they said. */
export class ActionSummary {
  private readonly actions = new Map<string, { readonly element: ReportedElement; count: number }>();

  /** Adds those of one object. */
  add(elements: readonly ReportedElement[]): void {
    for (const element of elements) {
      const key = `${element.path}|${element.vr}|${element.treatment}|${element.because}`;
      const known = this.actions.get(key);
      if (known === undefined) this.actions.set(key, { element, count: 1 });
      else known.count += 1;
    }
  }

  /** By path. */
  list(): readonly SummarizedAction[] {
    return [...this.actions.values()]
      .map(({ element, count }) => ({ ...element, count }))
      .toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  }
}
