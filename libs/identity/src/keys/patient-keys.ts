import { queryRows, type NamedStatement } from '@waystation/event-log';
import type { BlindIndex } from '../patients/blind-index.js';
import type { Subject } from '../patients/subject.js';
import type { KeyDatabase } from './key-table.js';

/** A patient as the key table knows one. */
export interface KnownPatient {
  readonly pseudonym: string;
  /** Keys that were not destroyed yet. */
  readonly keys: readonly string[];
}

const byPseudonym: NamedStatement = {
  name: 'identity-keys-by-pseudonym',
  text: 'select pseudonym, key_id from identity.data_key where pseudonym = $1 order by created_at',
};
const byPatientIndex: NamedStatement = {
  name: 'identity-keys-by-patient-index',
  text: 'select pseudonym, key_id from identity.data_key where patient_index = $1 order by pseudonym, created_at',
};

/** Finds the keys of a patient by what people call the patient. */
export class PatientKeys {
  constructor(
    private readonly database: KeyDatabase,
    private readonly index: BlindIndex,
  ) {}

  /** Those of a patient whose issuer is known, or of a study that names no patient. */
  async of(subject: Subject): Promise<KnownPatient> {
    const pseudonym = this.index.pseudonymOf(subject);
    const rows = await queryRows<[string, string]>(this.database.pool, byPseudonym, [pseudonym]);
    return { pseudonym, keys: rows.map(([, key]) => key) };
  }

  /** Every patient with a Patient ID, whoever issued it: those who have keys, and the one without an issuer. */
  async ofAnyIssuer(patientId: string): Promise<readonly KnownPatient[]> {
    const patients = new Map<string, string[]>([[this.index.pseudonymOf({ patientId, issuer: '' }), []]]);
    const index = this.index.patientIndexOf(patientId);
    const rows = await queryRows<[string, string]>(this.database.pool, byPatientIndex, [index]);
    for (const [pseudonym, key] of rows) patients.set(pseudonym, [...(patients.get(pseudonym) ?? []), key]);
    return [...patients].map(([pseudonym, keys]) => ({ pseudonym, keys }));
  }
}
