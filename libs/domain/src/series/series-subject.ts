import type { ConfigurationDocument, Facts } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { compileRules, type CompiledRules, type RuleSubject } from '@waystation/rules';
import { factsOf, identityOf, representativeOf, type PlacedIdentity } from './series-facts.js';
import type { KnownSeries, SeriesInstance } from './series-state.js';

/** Who the patient is, opened for the rules. */
export interface OpenedIdentity {
  /** Of the representative; empty where it is forgotten. */
  readonly identity: Facts;
  /** Of single objects by SOP Instance UID, where rules look at each: see {@link identitiesToOpen}. */
  readonly identities?: ReadonlyMap<string, Facts>;
}

/** What the rules see of a series. */
export interface SeriesSubject extends RuleSubject {
  readonly representative: SeriesInstance;
  readonly calledAeTitle: string;
  readonly instances: () => Iterable<Facts>;
  readonly identityKeywords: ReadonlySet<string>;
}

/**
 * What the rules see of a series as it was behind a sequence; undefined where there was no object. Does not depend on the
 * order in which objects came: also the title that counts is the one that the representative was sent to.
 */
export const subjectOf = (
  state: KnownSeries,
  throughSequence: number,
  opened: OpenedIdentity,
): SeriesSubject | undefined => {
  const representative = representativeOf(state, throughSequence);
  if (representative === undefined) return undefined;
  const facts = factsOf(state, representative, opened.identity);
  return {
    representative,
    facts,
    calledAeTitle: trimAeTitle(facts['ReceiverAET'] ?? state.source.calledAeTitle),
    instances: () => eachOf(state, throughSequence, opened),
    identityKeywords: new Set([opened.identity, ...(opened.identities?.values() ?? [])].flatMap(Object.keys)),
  };
};

/** The facts of one object, with the identity that was opened for it. */
export const factsWithIdentity = (state: KnownSeries, instance: SeriesInstance, opened: OpenedIdentity): Facts =>
  factsOf(state, instance, opened.identities?.get(instance.sopInstanceUid) ?? opened.identity);

function* eachOf(state: KnownSeries, throughSequence: number, opened: OpenedIdentity): Iterable<Facts> {
  for (const instance of state.instances.values())
    if (instance.sequence <= throughSequence) yield factsWithIdentity(state, instance, opened);
}

/**
 * The identities of single objects that have to be opened so that rules see what they look at; none where no rule looks at
 * single objects, or all of them came with the same.
 * @param rules asked about the series with what is opened of the representative
 */
export const identitiesToOpen = (
  state: KnownSeries,
  throughSequence: number,
  { rules }: ConfigurationDocument,
  opened: OpenedIdentity,
): ReadonlyMap<string, PlacedIdentity> => {
  const subject = subjectOf(state, throughSequence, opened);
  const instances = [...state.instances.values()].filter(({ sequence }) => sequence <= throughSequence);
  const differ = instances.some(({ identity }) => identity !== undefined);
  if (subject === undefined || !differ || !looksAtEach(rulesOf(rules), subject)) return new Map();
  return new Map(instances.map((instance) => [instance.sopInstanceUid, identityOf(state, instance)]));
};

/** Whether an answer needs more than the representative. Asked by answering: whatever is looked at is looked at again. */
const looksAtEach = (rules: CompiledRules, subject: SeriesSubject): boolean => {
  let looked = false;
  const instances = (): Iterable<Facts> => {
    looked = true;
    return subject.instances();
  };
  const { targets } = rules.explain({ ...subject, instances });
  return looked || targets.some(({ instances: conditions }) => conditions !== undefined);
};

const compiled = new WeakMap<ConfigurationDocument['rules'], CompiledRules>();

/** The rules of a document, read once for all that ask them. */
export const rulesOf = (rules: ConfigurationDocument['rules']): CompiledRules => {
  const known = compiled.get(rules) ?? compileRules(rules);
  compiled.set(rules, known);
  return known;
};
