import { createHmac } from 'node:crypto';
import { derive } from '../cipher/derive.js';
import type { Subject } from './subject.js';

/** Bytes of a keyed hash: enough that no two are the same. */
const LENGTH = 16;

/** What separates the parts of a person name: components, representations (PS3.5 6.2.1), words. */
const BETWEEN_WORDS = /[\^=\\,\s]+/u;

/**
 * Finds patients without knowing them: keyed hashes of what they are called. Without the secret nobody can tell whose they
 * are, or try names until one fits. The secret stays when the key-encryption key changes, so that they do.
 */
export class BlindIndex {
  private readonly pseudonyms: Buffer;
  private readonly patients: Buffer;
  private readonly names: Buffer;

  constructor(secret: Buffer) {
    this.pseudonyms = derive(secret, 'identity pseudonyms');
    this.patients = derive(secret, 'identity patient ids');
    this.names = derive(secret, 'identity names');
  }

  /** Stands for a patient in the name of its stream. */
  pseudonymOf(subject: Subject): string {
    const parts = 'patientId' in subject ? [subject.issuer, subject.patientId] : [subject.studyInstanceUid];
    return hash(this.pseudonyms, JSON.stringify(parts.map((part) => part.trim().normalize('NFC'))));
  }

  /** Of a Patient ID, whoever issued it. */
  patientIndexOf(patientId: string): string {
    return hash(this.patients, patientId.trim().normalize('NFC'));
  }

  /** One for each word of a person name, in no order and without regard to case. */
  nameTokensOf(name: string): readonly string[] {
    const words = name.normalize('NFKC').toLowerCase().split(BETWEEN_WORDS);
    return [...new Set(words.filter((word) => word !== ''))].map((word) => hash(this.names, word));
  }
}

const hash = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest().subarray(0, LENGTH).toString('hex');
