import { identityPlace, type Facts, type Identity } from '@waystation/events';
import type { KnownSeries, SeriesInstance } from './series-state.js';

/**
 * The instance whose header stands for the series: lowest instance number, then lowest SOP Instance UID. Does not
 * depend on the order of arrival.
 */
export const representativeOf = (state: KnownSeries, throughSequence: number): SeriesInstance | undefined => {
  let best: { readonly instance: SeriesInstance; readonly number: number } | undefined;
  for (const instance of state.instances.values()) {
    if (instance.sequence > throughSequence) continue;
    const number = instanceNumber(state, instance);
    const better =
      best === undefined ||
      number < best.number ||
      (number === best.number && instance.sopInstanceUid < best.instance.sopInstanceUid);
    if (better) best = { instance, number };
  }
  return best?.instance;
};

const instanceNumber = (state: KnownSeries, { headerChanges }: SeriesInstance): number => {
  const text = 'InstanceNumber' in headerChanges ? headerChanges['InstanceNumber'] : state.header['InstanceNumber'];
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
};

/**
 * What is known of an object beside its header: what mercure calls by the names of the file meta information (PS3.10
 * 7.1), and the codes of what its data set does against the standard, joined by a backslash; empty where it is in order.
 */
export const instanceKeywords = [
  'MediaStorageSOPClassUID',
  'MediaStorageSOPInstanceUID',
  'TransferSyntaxUID',
  'HeaderWarnings',
] as const;

/** What is known of an object beside its header, by {@link instanceKeywords}. */
export const instanceFacts = (
  instance: Pick<SeriesInstance, 'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid' | 'warnings'>,
): Record<(typeof instanceKeywords)[number], string> => ({
  MediaStorageSOPClassUID: instance.sopClassUid,
  MediaStorageSOPInstanceUID: instance.sopInstanceUid,
  TransferSyntaxUID: instance.transferSyntaxUid,
  HeaderWarnings: (instance.warnings ?? []).map(({ code }) => code).join('\\'),
});

/** What the rules see of an instance: its header with who sent it, how it came, and the opened identity. */
export const factsOf = (state: KnownSeries, instance: SeriesInstance, identity: Facts): Facts => {
  const facts: Record<string, string> = { ...state.header };
  for (const [keyword, value] of Object.entries(instance.headerChanges)) {
    if (value === null) delete facts[keyword];
    else facts[keyword] = value;
  }
  return { ...facts, ...instanceFacts(instance), ...identity };
};

/** An identity as the log has it, with the place that it can be opened at. */
export interface PlacedIdentity {
  readonly sealed: Identity;
  readonly place: string;
}

/** What identifies the patient of an instance: its own where it came with another than the series. */
export const identityOf = (state: KnownSeries, { identity, sopInstanceUid }: SeriesInstance): PlacedIdentity =>
  identity === undefined
    ? { sealed: state.identity, place: identityPlace.seriesOpened(state.seriesInstanceUid) }
    : { sealed: identity, place: identityPlace.instanceStored(state.seriesInstanceUid, sopInstanceUid) };
