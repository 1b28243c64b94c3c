import { tryApp, type JsonObject } from '@waystation/module-sdk';
import { syntheticInstance } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { Anonymizer } from './anonymizer.js';

const secret = 'a secret of the tests';
const anonymizer = new Anonymizer({ of: async () => secret });
const settings: JsonObject = {
  secret: { environment: 'RESEARCH_SECRET' },
  profiles: {
    research: { project: 'heart', options: ['clean-descriptors', 'retain-modified-dates'] },
    screens: { allow: ['burned-in-annotation-unknown'] },
  },
};
const ofPatient = {
  patientName: 'Quixander^Vortrud',
  patientId: 'PX123456',
  studyDescription: 'CT of Quixander, axial',
};
const slices = [1, 2].map((instanceNumber) => syntheticInstance({ seed: 'anonymizer', instanceNumber, ...ofPatient }));
const capture = syntheticInstance({
  seed: 'capture',
  modality: 'OT',
  sopClass: '1.2.840.10008.5.1.4.1.1.7',
  studyInstanceUid: slices[0]?.studyInstanceUid ?? '',
  ...ofPatient,
});
const run = (profile: string | undefined, ...instances: readonly { readonly part10: Buffer }[]) =>
  tryApp(
    anonymizer,
    instances.map(({ part10 }) => part10),
    { settings: profile === undefined ? settings : { ...settings, profile } },
  );

describe('Anonymizer', () => {
  it('makes objects that name nobody and still belong together', async () => {
    const { instances, result } = await run(undefined, ...slices);
    expect(result).toEqual({
      ...{ status: 'success', outcome: 'complete', instances: 2, deidentified: 2 },
      ...{ held: 0, burnedIn: 0, documents: 0 },
    });
    for (const [index, { part10, from, facts }] of instances.entries()) {
      expect(part10.toString('latin1')).not.toMatch(/Quixander|Vortrud|PX123456/i);
      expect(from).toEqual([slices[index]?.sopInstanceUid]);
      expect(part10.includes(slices[index]?.sopInstanceUid ?? '')).toBe(false);
      expect(facts['StudyInstanceUID']).toBe(instances[0]?.facts['StudyInstanceUID']);
      expect(facts['PatientID']).toMatch(/^ANON-[0-9A-F]{10}$/);
    }
  });

  it('finds a name that one object has as such in what people wrote into the others', async () => {
    const described = { seed: 'shared', ...ofPatient, studyDescription: 'read by Ziegelhauer' };
    const [alone, named] = [
      syntheticInstance({ ...described, instanceNumber: 1 }),
      syntheticInstance({ ...described, instanceNumber: 2, overrides: { OperatorsName: 'Ziegelhauer^Ole' } }),
    ];
    const {
      instances: [one],
    } = await run('research', alone);
    expect(one?.facts['StudyDescription']).toBe('read by Ziegelhauer');
    for (const order of [
      [alone, named],
      [named, alone],
    ]) {
      const { instances } = await run('research', ...order);
      expect(instances.map(({ facts }) => facts['StudyDescription'])).toEqual(['read by', 'read by']);
      expect(Buffer.concat(instances.map(({ part10 }) => part10)).toString('latin1')).not.toContain('Ziegel');
    }
  });

  it('goes by the profile of a project, in which patients are others than in the next', async () => {
    const [plain, research] = [await run(undefined, ...slices), await run('research', ...slices)];
    const [one, other] = [plain.instances[0]?.facts, research.instances[0]?.facts];
    expect(one?.['StudyDescription']).toBeUndefined();
    expect(other?.['StudyDescription']).toBe('CT of , axial');
    expect(other?.['PatientID']).not.toBe(one?.['PatientID']);
    const again = await run('research', ...slices);
    expect(again.instances[0]?.part10.equals(research.instances[0]?.part10 ?? Buffer.alloc(0))).toBe(true);
  });

  it('holds what may have text in its pixels, says so, and lets the rest out', async () => {
    const { instances, result, log } = await run(undefined, ...slices, capture);
    expect(instances).toHaveLength(2);
    expect(result).toMatchObject({ status: 'partial', outcome: 'partial', held: 1, burnedIn: 1 });
    expect(log).toContain('1 of 3 objects are held');
    expect((await run('screens', capture)).result).toMatchObject({ outcome: 'complete' });
    expect((await run(undefined, capture)).result).toMatchObject({
      status: 'partial',
      outcome: 'held',
      deidentified: 0,
    });
  });

  it('writes down what was done with every element, and nothing of what they said', async () => {
    const { files } = await run('research', ...slices);
    const text = files.get('deidentification.json')?.toString() ?? '';
    expect(text).not.toMatch(/Quixander|Vortrud|PX123456/i);
    const report = JSON.parse(text) as { readonly elements: readonly JsonObject[] };
    expect(report).toMatchObject({
      profile: 'research',
      options: ['clean-descriptors', 'retain-modified-dates'],
      held: [],
    });
    expect(report.elements).toContainEqual({
      path: '(0010,0010)',
      keyword: 'PatientName',
      vr: 'PN',
      treatment: 'replaced',
      because: 'Z',
      count: 2,
    });
  });

  it.each([
    ['anonymizer.profile-unknown', { ...settings, profile: 'nowhere' }],
    [
      'job.settings-invalid',
      { ...settings, profiles: { x: { options: ['retain-full-dates', 'retain-modified-dates'] } } },
    ],
    ['job.settings-invalid', {}],
  ] as const)('refuses what nobody can go by: %s', async (code, wrong) => {
    const refused = tryApp(anonymizer, [slices[0]?.part10 ?? Buffer.alloc(0)], { settings: wrong });
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('refuses a secret that is easy to guess', async () => {
    const careless = new Anonymizer({ of: async () => 'short' });
    const refused = tryApp(careless, [slices[0]?.part10 ?? Buffer.alloc(0)], { settings });
    await expect(refused).rejects.toMatchObject({ code: 'deidentification.secret-too-short' });
  });
});
