import {
  identitiesToRoute,
  identityToRoute,
  NeededFacts,
  type KnownSeries,
  type PastDecision,
  type PlacedIdentity,
} from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import type { ConfigurationDocument, Facts } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import type { ConfigurationVersions } from '@waystation/service';
import { namesInClear } from './names-in-clear.js';
import { seriesBefore, type Extent, type Routed } from './series-before.js';

/** A decision with what it was made from. */
export interface GatheredDecision {
  readonly routed: Routed;
  /** What was in force. */
  readonly document: ConfigurationDocument;
  /** Undefined where it is not known any more who the patient is. */
  readonly past: PastDecision | undefined;
}

/** Gathers what decisions of the past were made from, as far as other rules need it. */
export class PastDecisions {
  readonly #needsIdentity: boolean;

  /** @param document the other rules */
  constructor(
    private readonly log: EventLog,
    private readonly identities: Identities,
    private readonly versions: ConfigurationVersions,
    private readonly document: ConfigurationDocument,
  ) {
    this.#needsIdentity = new NeededFacts(document).mayAskBeyond(namesInClear());
  }

  /** In the order of the decisions. */
  async of(decisions: readonly Routed[], extent: Extent): Promise<readonly GatheredDecision[]> {
    const series = await seriesBefore(this.log, decisions, extent);
    const identities = await this.#open(
      decisions.map(({ data }, at) => series[at] && identityToRoute(series[at], data.revision)),
    );
    const gathered: GatheredDecision[] = [];
    for (const [at, routed] of decisions.entries()) {
      const [known, identity] = [series[at], identities[at]];
      const { document } = await this.versions.of(routed.data.configuration.version);
      const past = known && identity && (await this.#past(routed, document, known, identity, extent));
      gathered.push({ routed, document, past });
    }
    return gathered;
  }

  /** The decision on a revision of a series; undefined where there is none. */
  async decisionOn(stream: string, revision: number): Promise<Routed | undefined> {
    const events = await this.log.readStream(stream);
    return events.find(
      (event): event is Routed =>
        event.type === 'series.routed.v1' && (event.data as Routed['data']).revision === revision,
    );
  }

  async #past(
    { data: routed }: Routed,
    document: ConfigurationDocument,
    series: KnownSeries,
    identity: Facts,
    extent: Extent,
  ): Promise<PastDecision | undefined> {
    const past = { routed, document, series, isWhole: extent === 'all-objects', opened: { identity } };
    if (!past.isWhole || !this.#needsIdentity) return past;
    const { revision, configuration } = routed;
    const asked = { revision, configuration: { ...configuration, document: this.document } };
    const placed = [...identitiesToRoute(series, asked, past.opened)];
    const opened = await this.#open(placed.map(([, each]) => each));
    if (opened.includes(undefined)) return undefined;
    const identities = new Map(placed.map(([sopInstanceUid], at) => [sopInstanceUid, opened[at] ?? {}]));
    return { ...past, opened: { identity, identities } };
  }

  /** Undefined where a patient is forgotten. Nothing is opened for rules that do not ask who it is. */
  async #open(placed: readonly (PlacedIdentity | undefined)[]): Promise<readonly (Facts | undefined)[]> {
    if (!this.#needsIdentity) return placed.map(() => ({}));
    const opened = await this.identities.openAll(placed.flatMap((each) => each ?? []));
    const facts = opened.map((each) => (typeof each === 'string' ? undefined : each));
    return placed.map((each) => (each === undefined ? undefined : facts.shift()));
  }
}
