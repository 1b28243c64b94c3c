import type { DifferentDecision } from '@waystation/answers';
import { decideAgain, knownTagsOf, NeededFacts, type DecisionDifference, type PastDecision } from '@waystation/domain';
import type { ConfigurationDocument, SeriesRouted } from '@waystation/events';
import type { GatheredDecision, PastDecisions } from './past-decisions.js';
import type { Routed } from './series-before.js';
import type { SummaryCount } from './summary-count.js';

/** Decides some decisions again, and counts. */
export class Again {
  readonly #needed: NeededFacts;
  readonly #beyond = new Map<number, readonly string[]>();

  constructor(
    private readonly past: PastDecisions,
    private readonly document: ConfigurationDocument,
    private readonly count: SummaryCount,
  ) {
    this.#needed = new NeededFacts(document);
  }

  async decide(decisions: readonly Routed[]): Promise<readonly DifferentDecision[]> {
    const found = new Map<Routed, DifferentDecision>();
    const undecided = this.#all(await this.past.of(decisions, 'representative'), found);
    this.#all(await this.past.of(undecided, 'all-objects'), found);
    return decisions.flatMap((routed) => found.get(routed) ?? []);
  }

  /** @returns those that hang on objects that are not known */
  #all(decisions: readonly GatheredDecision[], found: Map<Routed, DifferentDecision>): readonly Routed[] {
    return decisions.flatMap(({ routed, document, past }) => {
      const notRead = this.#notRead(routed.data, document);
      if (notRead.length > 0) return this.#count(() => this.count.notRead(notRead));
      if (!past) return this.#count(() => this.count.forgotten());
      const difference = decideAgain(past, this.document);
      if (difference === 'needs-objects') return [routed];
      if (difference) found.set(routed, { ...placeOf(routed, past), ...difference });
      return this.#count(() => this.count.decided(difference));
    });
  }

  #count(one: () => void): readonly Routed[] {
    one();
    return [];
  }

  /** Names that the rules ask for, and that were not read from objects while a version was in force. */
  #notRead({ configuration: { version } }: SeriesRouted['data'], then: ConfigurationDocument): readonly string[] {
    const known = this.#beyond.get(version) ?? this.#needed.beyond(knownTagsOf(then));
    this.#beyond.set(version, known);
    return known;
  }
}

const placeOf = (
  { position, recordedtime, data }: Routed,
  { series: { seriesInstanceUid, studyInstanceUid } }: PastDecision,
): Omit<DifferentDecision, keyof DecisionDifference> => ({
  position,
  recordedtime,
  seriesInstanceUid,
  studyInstanceUid,
  revision: data.revision,
  configuration: data.configuration.version,
});
