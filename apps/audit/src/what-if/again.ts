import type { DifferentDecision } from '@waystation/answers';
import {
  decideAgain,
  knownTagsOf,
  NeededFacts,
  processedAgainBy,
  type DecisionDifference,
  type PastDecision,
} from '@waystation/domain';
import { streamName, type ConfigurationDocument, type SeriesRouted } from '@waystation/events';
import type { GatheredDecision, PastDecisions } from './past-decisions.js';
import type { Routed } from './series-before.js';
import type { SummaryCount } from './summary-count.js';

/** Decides some decisions again, and counts. */
export class Again {
  readonly #needed: NeededFacts;
  readonly #beyond = new Map<number, readonly string[]>();
  /** Of decisions that had a series processed: by which rules it would be. */
  readonly #processed = new Map<string, readonly string[]>();

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

  /** The rules that would have a revision of a series processed; `undecided` where nobody knows. */
  async processedBy(seriesInstanceUid: string, revision: number): Promise<readonly string[] | 'undecided'> {
    const stream = streamName.series(seriesInstanceUid);
    const known = this.#processed.get(keyOf(stream, revision));
    if (known !== undefined) return known;
    const routed = await this.past.decisionOn(stream, revision);
    const [gathered] = routed === undefined ? [] : await this.past.of([routed], 'all-objects');
    if (!gathered?.past || this.#notRead(gathered.routed.data, gathered.document).length > 0) return 'undecided';
    const processed = processedAgainBy(gathered.past, this.document);
    return processed === 'needs-objects' ? 'undecided' : processed;
  }

  /** @returns those that hang on objects that are not known */
  #all(decisions: readonly GatheredDecision[], found: Map<Routed, DifferentDecision>): readonly Routed[] {
    return decisions.flatMap(({ routed, document, past }) => {
      const notRead = this.#notRead(routed.data, document);
      if (notRead.length > 0) return this.#count(() => this.count.notRead(notRead));
      if (!past) return this.#count(() => this.count.forgotten());
      const difference = decideAgain(past, this.document);
      if (difference === 'needs-objects') return [routed];
      const processed = routed.data.jobs === undefined ? 'needs-objects' : processedAgainBy(past, this.document);
      if (processed !== 'needs-objects') this.#processed.set(keyOf(routed.stream, routed.data.revision), processed);
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

const keyOf = (stream: string, revision: number): string => `${stream} ${revision}`;

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
