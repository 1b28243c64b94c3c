import type { SealedForSeries, SeriesEvent, StoreInstance } from '@waystation/domain';
import type { Source, StoredObject } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { ReceivingConfiguration } from './configuration-in-force.js';
import { expectedCountIn } from './expected-count-in.js';
import type { Identified } from './identify-object.js';

/** An object that is durable, and what is known of it. */
export interface DurableObject extends Identified {
  readonly identity: SealedForSeries;
  readonly source: Source;
  readonly transferSyntaxUid: string;
  readonly object: StoredObject;
  /** By the database's clock, before the object store was asked to keep it. */
  readonly keptSince: Instant;
}

/** The command that makes an object part of its series, as the configuration in force says for the title that was called. */
export const storeInstanceOf = (
  { uids, read, identity, source, transferSyntaxUid, object, keptSince }: DurableObject,
  { completionFor }: ReceivingConfiguration,
): StoreInstance => {
  const { quietPeriodMs, expectedCountFrom } = completionFor(source.calledAeTitle);
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid } = uids;
  return {
    kind: 'store-instance',
    seriesInstanceUid,
    studyInstanceUid,
    source,
    header: read.header,
    identity,
    warnings: read.warnings,
    keptSince,
    instance: { sopInstanceUid, sopClassUid, transferSyntaxUid, object },
    quietPeriodMs,
    expectedCount: expectedCountFrom === undefined ? undefined : expectedCountIn(read, expectedCountFrom),
  };
};

/** What an object was to its series. */
export const outcomeOf = (events: readonly SeriesEvent[]): 'stored' | 'duplicated' | 'conflicted' => {
  const types = events.map(({ type }) => type);
  if (types.includes('instance.stored.v1')) return 'stored';
  return types.includes('instance.conflicted.v1') ? 'conflicted' : 'duplicated';
};
