import { syntheticInstance } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagNames } from './tag-names.js';
import { TagsReader } from './tags-reader.js';

const read = (bytes: Buffer, size = bytes.length): Readonly<Record<string, string>> => {
  const reader = new TagsReader();
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.end();
};

describe('TagsReader', () => {
  const { part10, sopClassUid } = syntheticInstance({ overrides: { PatientName: 'Müller^Änne' } });

  it('says what identifies the patient, too, and everything that mercure says', () => {
    const tags = read(part10);
    expect(tags).toMatchObject({ PatientName: 'Müller^Änne', Modality: 'CT', MediaStorageSOPClassUID: sopClassUid });
    expect(Object.keys(tags)).toEqual(expect.arrayContaining([...tagNames]));
    expect(tags['SenderAET']).toBe('');
  });

  it('reads the same, whatever pieces it comes in', () => {
    const whole = read(part10);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (size) => {
        expect(read(part10, size)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('says little of what is no object', () => {
    expect(read(Buffer.from('garbage'))).toMatchObject({ Modality: '', SOPInstanceUID: '' });
    expect(read(part10.subarray(0, 200))).toMatchObject({ Modality: '' });
  });
});
