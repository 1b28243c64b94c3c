import type { SealedForSeries, StoreInstance } from '@waystation/domain';
import {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  ObjectsMoved,
  SeriesCompleted,
  SeriesDiscarded,
  SeriesOpened,
  SeriesReopened,
  SeriesRouted,
  SeriesSenderReleased,
  type Facts,
  type Identity,
  type Source,
  type StoredObject,
} from '@waystation/events';

const studyInstanceUid = '1.2.826.0.1.3680043.10.1.7';
const seriesInstanceUid = `${studyInstanceUid}.1`;
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const explicitLittleEndian = '1.2.840.10008.1.2.1';

const source: Source = {
  association: '0198f2c0-6a11-7c3e-9d55-0242ac120002',
  callingAeTitle: 'CT1',
  calledAeTitle: 'WAYSTATION',
  address: '10.0.0.7',
};
const identityFacts: Facts = { PatientName: 'Doe^Jane', PatientID: '4711', PatientBirthDate: '19700101' };

const fromNumber = (number: number, bytes: number): string => Buffer.alloc(bytes, number).toString('base64');

/** What is sealed looks like this; the same number stands for the same facts at the same place. */
const sealed = (number: number): Identity => ({
  scheme: 'sealed',
  key: '0198f2c0-6a11-4c3e-9d55-0242ac120003',
  iv: fromNumber(number, 12),
  ciphertext: fromNumber(number, 128),
  tag: fromNumber(number, 16),
});

/** Somebody, sealed for a series that is opened and for an instance that is not the first. */
const sealedIdentity = (who: number): SealedForSeries => ({
  seriesOpened: sealed(who),
  instanceStored: sealed(who + 100),
});
const identity = sealedIdentity(1).seriesOpened;
const quietPeriodMs = 10_000;

const sopInstanceUid = (number: number): string => `${seriesInstanceUid}.${number}`;
const sha256 = (number: number): string => number.toString(16).padStart(64, '0');

/** What image `number` says of itself. */
const header = (number: number): Facts => ({
  Modality: 'CT',
  StudyDescription: 'HEAD ROUTINE',
  SeriesDescription: 'AX 1.0',
  InstanceNumber: String(number),
});

/** The same with who sent it, as it is written down and as rules see it. */
const headerFromSender = (number: number): Facts => ({
  ...header(number),
  SenderAET: source.callingAeTitle,
  ReceiverAET: source.calledAeTitle,
  SenderAddress: source.address,
});

/** Where bytes lie that hash to a number. */
const object = (hash: number): StoredObject => ({
  key: `objects/${sha256(hash).slice(0, 2)}/${sha256(hash)}.dcm`,
  sha256: sha256(hash),
  size: 526_336,
  dataSetOffset: 352,
});

const instance = (number: number, hash = number) => ({
  sopInstanceUid: sopInstanceUid(number),
  sopClassUid: ctImageStorage,
  transferSyntaxUid: explicitLittleEndian,
  object: object(hash),
});

/** A CT series as CT1 sends it, image by image: what happens to it and what is asked of it. */
export const exampleSeries = {
  seriesInstanceUid,
  studyInstanceUid,
  source,
  identity,
  /** What {@link identity} is when it is opened. */
  identityFacts,
  sealedIdentity,
  quietPeriodMs,
  sopInstanceUid,
  sha256,
  header,
  headerFromSender,
  object,

  /** Image `number` arrives; `hash` where its bytes are others than expected of that image. */
  storeInstance: (number: number, changes: Partial<StoreInstance> & { hash?: number } = {}): StoreInstance => {
    const { hash, ...others } = changes;
    return {
      kind: 'store-instance',
      seriesInstanceUid,
      studyInstanceUid,
      source,
      header: header(number),
      identity: sealedIdentity(1),
      instance: instance(number, hash),
      quietPeriodMs,
      ...others,
    };
  },

  /** Opened by image `number`. */
  opened: (number = 1, changes: Partial<SeriesOpened['data']> = {}): SeriesOpened =>
    SeriesOpened.of({
      seriesInstanceUid,
      studyInstanceUid,
      source,
      header: headerFromSender(number),
      identity,
      quietPeriodMs,
      ...changes,
    }),

  /** Image `number` in a series that was opened by the first. */
  stored: (number: number, changes: Partial<InstanceStored['data']> = {}): InstanceStored =>
    InstanceStored.of({
      ...instance(number),
      association: source.association,
      headerChanges: number === 1 ? {} : { InstanceNumber: String(number) },
      ...changes,
    }),

  duplicated: (number: number, hash = number): InstanceDuplicated =>
    InstanceDuplicated.of({
      sopInstanceUid: sopInstanceUid(number),
      sha256: sha256(hash),
      association: source.association,
    }),

  /** Image `number` came with bytes that hash to `hash`. */
  conflicted: (number: number, hash: number): InstanceConflicted =>
    InstanceConflicted.of({
      ...instance(number, hash),
      conflictsWith: sha256(number),
      association: source.association,
    }),

  /** Image `number` is in a spool: what `object` is of it. */
  spooled: (number: number): StoredObject => ({ ...object(number), spool: `0a1b2c3d4e5f/1/${64 + number * 512}` }),

  /** Objects with these hashes left the spool. */
  moved: (numbers: readonly number[], remaining: number): ObjectsMoved =>
    ObjectsMoved.of({
      objects: numbers.map((number) => ({ sopInstanceUid: sopInstanceUid(number), sha256: sha256(number) })),
      remaining,
    }),

  completed: (revision: number, changes: Partial<SeriesCompleted['data']> = {}): SeriesCompleted =>
    SeriesCompleted.of({
      revision,
      trigger: 'quiet',
      quietPeriodMs,
      lastReceivedAt: '2026-01-01T00:00:01.000Z',
      instances: 1,
      newInstances: 1,
      digest: sha256(0xd1_9e_57 + revision),
      ...changes,
    }),

  /** An association that brought images of it was released. */
  senderReleased: (afterReleaseMs = 2_000, association = source.association): SeriesSenderReleased =>
    SeriesSenderReleased.of({ association, afterReleaseMs }),

  reopened: (reason = 'the rule was wrong'): SeriesReopened => SeriesReopened.of({ reason }),

  routed: (revision: number, changes: Partial<SeriesRouted['data']> = {}): SeriesRouted =>
    SeriesRouted.of({
      revision,
      outcome: 'unmatched',
      configuration: { version: 1, sha256: sha256(0xc0_4f) },
      representative: sopInstanceUid(1),
      verdicts: [],
      deliveries: [],
      ...changes,
    }),

  discarded: (revision: number, rule = 'Drop localizers'): SeriesDiscarded => SeriesDiscarded.of({ revision, rule }),
} as const;
