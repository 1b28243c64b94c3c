import { expect, it } from 'vitest';
import { separateIdentity } from './separate-identity.js';

it('parts who the person is from what the image is', () => {
  const facts = { Modality: 'CT', PatientName: 'Doe^Jane', PatientSex: 'F', AccessionNumber: 'A1', StudyID: 'A1' };
  expect(separateIdentity(facts)).toEqual({
    header: { Modality: 'CT', PatientSex: 'F' },
    identity: { PatientName: 'Doe^Jane', AccessionNumber: 'A1', StudyID: 'A1' },
  });
});
