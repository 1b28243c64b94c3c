import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BlindIndex } from './blind-index.js';
import { subjectOf } from './subject.js';

const secret = randomBytes(32);
const index = new BlindIndex(secret);

describe('a patient', () => {
  it('is found by what the object says, and by nobody who has not the secret', () => {
    const said = subjectOf({ PatientID: ' 4711 ', IssuerOfPatientID: 'HOSP', PatientName: 'Doe^Jane' }, '1.2');
    const asked = { patientId: '4711', issuer: 'HOSP' };
    expect(index.pseudonymOf(said)).toBe(index.pseudonymOf(asked));
    expect(new BlindIndex(secret).pseudonymOf(asked)).toBe(index.pseudonymOf(asked));
    expect(new BlindIndex(randomBytes(32)).pseudonymOf(asked)).not.toBe(index.pseudonymOf(asked));
    expect(index.pseudonymOf(asked)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is another where the issuer is, or the study of somebody without a Patient ID', () => {
    const pseudonyms = [
      subjectOf({ PatientID: '4711' }, '1.2'),
      subjectOf({ PatientID: '4711', IssuerOfPatientID: 'HOSP' }, '1.2'),
      subjectOf({ PatientID: 'HOSP', IssuerOfPatientID: '4711' }, '1.2'),
      subjectOf({ PatientID: '47' }, '1.2'),
      subjectOf({ PatientID: ' ' }, '4711'),
      subjectOf({}, '1.2'),
    ].map((subject) => index.pseudonymOf(subject));
    expect(new Set(pseudonyms).size).toBe(6);
  });

  it('is the same in all studies with a Patient ID, however Unicode composes it', () => {
    expect(index.pseudonymOf(subjectOf({ PatientID: 'Mu\u0308' }, '1.2'))).toBe(
      index.pseudonymOf(subjectOf({ PatientID: 'M\u00fc' }, '1.3')),
    );
    expect(index.patientIndexOf('M\u00fc ')).toBe(index.patientIndexOf('Mu\u0308'));
  });
});

describe('the words of a name', () => {
  it('are found whatever separates them, in any case', () => {
    expect(index.nameTokensOf('MÜLLER^Jörg^^Dr.=ミュラー')).toEqual(index.nameTokensOf('müller jörg dr. ミュラー'));
    expect(index.nameTokensOf('Doe^Jane^Doe')).toHaveLength(2);
    expect(index.nameTokensOf(' ^^= ')).toEqual([]);
  });

  it('say neither what they are nor that a Patient ID is the same', () => {
    expect(index.nameTokensOf('4711')).not.toContain(index.patientIndexOf('4711'));
  });
});
