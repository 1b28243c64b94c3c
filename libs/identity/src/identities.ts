import type { PlacedIdentity, SealedForSeries } from '@waystation/domain';
import type { Facts, Identity } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { DataKeys } from './keys/data-keys.js';
import type { KeyErasure } from './keys/key-erasure.js';
import type { KeyRotation } from './keys/key-rotation.js';
import type { PatientKeys } from './keys/patient-keys.js';
import type { BlindIndex } from './patients/blind-index.js';
import { subjectOf } from './patients/subject.js';
import { factsText } from './sealing/facts-text.js';
import { openIdentity } from './sealing/open-identity.js';
import { sealIdentity } from './sealing/seal-identity.js';
import { SeriesSeal } from './sealing/series-seal.js';

/** Where an object belongs. */
interface InstanceUids {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** Seals who patients are, and opens it for those who have to know. */
export class Identities {
  readonly index: BlindIndex;
  readonly patients: PatientKeys;
  readonly erasure: KeyErasure;
  readonly rotation: KeyRotation;

  constructor(
    private readonly keys: DataKeys,
    parts: Pick<Identities, 'index' | 'patients' | 'erasure' | 'rotation'>,
  ) {
    this.index = parts.index;
    this.patients = parts.patients;
    this.erasure = parts.erasure;
    this.rotation = parts.rotation;
  }

  /**
   * Seals what identifies the patient of an instance, with the key of that patient. Facts come out of this in no other way.
   * @throws CodedError `log.unavailable`, `identity.wrong-key`, `identity.damaged`: then nothing may be written
   */
  async seal(uids: InstanceUids, facts: Facts): Promise<SealedForSeries> {
    const key = await this.keys.of(subjectOf(facts, uids.studyInstanceUid));
    return new SeriesSeal(key, uids, facts, this.keys.openings);
  }

  /**
   * Seals facts for one place.
   * @param patient whose key it is: what identifies the patient, and the study
   * @throws as {@link seal}
   */
  async sealAt(
    place: string,
    patient: { readonly studyInstanceUid: string; readonly identity: Facts },
    facts: Facts,
  ): Promise<Identity> {
    const key = await this.keys.of(subjectOf(patient.identity, patient.studyInstanceUid));
    return sealIdentity(key, place, factsText(facts));
  }

  /**
   * Opens an identity; undefined where the patient was forgotten.
   * @throws CodedError `identity.damaged` where it is not what was sealed; `log.unavailable`, `identity.wrong-key`
   */
  async open(placed: PlacedIdentity): Promise<Facts | undefined> {
    const [opened] = await this.openAll([placed]);
    if (opened === 'damaged') {
      const message = `the identity at '${placed.place}' does not open: it is not what was sealed there`;
      throw new CodedError('identity.damaged', message);
    }
    return opened === 'forgotten' ? undefined : opened;
  }

  /** Opens many with one look at the keys, in the order in which they are given. */
  async openAll(placed: readonly PlacedIdentity[]): Promise<readonly (Facts | 'forgotten' | 'damaged')[]> {
    if (placed.length === 0) return [];
    const keys = await this.keys.withIds(placed.map(({ sealed }) => sealed.key));
    return placed.map((each) => {
      const key = keys.get(each.sealed.key);
      return key === undefined ? 'forgotten' : (openIdentity(key, each) ?? 'damaged');
    });
  }
}
