import { HeaderReader } from '@waystation/dicom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { deidentified, piecesOf, secret } from '../../test/deidentified.js';
import type { Profile } from '../profile/profile.js';
import { deidentify } from './deidentify.js';
import type { ReportedElement } from './report.js';

const explicit = '1.2.840.10008.1.2.1';
const text = (tag: number, vr: SyntheticElement['vr'], value: string): SyntheticElement => ({
  tag,
  vr,
  value: Buffer.from(value, 'latin1'),
});
const instance = [
  text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
  text(0x00080018, 'UI', '1.2.3.1'),
  text(0x00100010, 'PN', 'Quixander^Vortrud'),
  text(0x00100020, 'LO', 'PX123456'),
];
const dataSetOf = (...more: readonly SyntheticElement[]): Buffer =>
  encodeDataSet(
    [...instance.filter((one) => !more.some(({ tag }) => tag === one.tag)), ...more].toSorted((a, b) => a.tag - b.tag),
    explicit,
  );
const run = async (profile: Profile, ...more: readonly SyntheticElement[]): Promise<string> =>
  (await deidentified(dataSetOf(...more), { profile })).bytes.toString('latin1');
const reportOf = async (options: Profile['options'], ...more: readonly SyntheticElement[]) => {
  const reported: ReportedElement[] = [];
  await deidentified(dataSetOf(...more), { profile: { options }, report: (one) => reported.push(one) });
  return reported.map(({ path, treatment, because }) => `${path} ${treatment}: ${because}`);
};

describe('a de-identified data set', () => {
  it('says so, and by which method', async () => {
    const output = await run({ options: ['retain-modified-dates', 'clean-descriptors'] });
    for (const said of ['YES ', '113100', '113105', '113107', 'MODIFIED']) expect(output).toContain(said);
    expect(await run({ options: [] })).toContain('REMOVED ');
  });

  it('says of an earlier de-identification nothing that no longer holds', async () => {
    const output = await run({ options: [] }, text(0x00120062, 'CS', 'NO'), text(0x00120063, 'LO', 'BY HAND'));
    expect(output).not.toContain('BY HAND');
  });

  it('has the same UIDs, name and number for the same ones with the same secret, and others with another', async () => {
    const dataSet = dataSetOf(text(0x0020000d, 'UI', '1.2.3.2'));
    const [one, again] = [await deidentified(dataSet), await deidentified(dataSet)];
    const other = await deidentified(dataSet, { secret: 'another secret of the tests' });
    expect(one.bytes.equals(again.bytes)).toBe(true);
    expect(one.sopInstanceUid).toMatch(/^2\.25\.\d{1,39}$/);
    expect(other.sopInstanceUid).not.toBe(one.sopInstanceUid);
  });

  it('keeps UIDs that the standard has registered', async () => {
    expect(await run({ options: [] }, text(0x00200052, 'UI', '1.2.840.10008.1.4.1.1'))).toContain(
      '1.2.840.10008.1.4.1.1',
    );
  });

  it('has dates moved by as many days for every object of a patient', async () => {
    const options = ['retain-modified-dates'] as const;
    const dates = async (study: string, series: string) => {
      const reader = new HeaderReader(explicit);
      const elements = [text(0x00080020, 'DA', study), text(0x00080021, 'DA', series)];
      reader.push((await deidentified(dataSetOf(...elements), { profile: { options } })).bytes);
      const { StudyDate = '', SeriesDate = '' } = reader.end().facts;
      const daysOf = (date: string): number => Date.parse(date.replace(/(....)(..)(..)/, '$1-$2-$3')) / 86_400_000;
      return [daysOf(StudyDate), daysOf(SeriesDate)] as const;
    };
    const [[one, two], [three]] = [await dates('20240228', '20240301'), await dates('20240310', '20240310')];
    expect([two - one, three - one]).toEqual([2, 11]);
    expect(one).toBeLessThan(Date.parse('2024-02-28') / 86_400_000);
  });

  it('keeps the words of a descriptor that name nobody', async () => {
    const said = 'MR knee left, Quixander V., PX123456, 12.05.1970, Dr. Zwoqui, T2 axial';
    const output = await run({ options: ['clean-descriptors'] }, text(0x00081030, 'LO', said));
    expect(output).toContain('MR knee left');
    expect(output).toContain('T2 axial');
    for (const gone of ['Quixander', 'PX123456', '1970', 'Zwoqui']) expect(output).not.toContain(gone);
  });

  it('has a code stay a code where a name is part of its word', async () => {
    const name = text(0x00100010, 'PN', 'Mary^Ax');
    expect(await run({ options: [] }, name, text(0x00080008, 'CS', 'PRIMARY'))).toContain('PRIMARY');
  });

  it('has no element that PS3.6 does not know, no group length, no overlay, and no signature behind its pixels', async () => {
    const report = await reportOf(
      [],
      text(0x00181fff, 'LO', 'x'),
      text(0x00100000, 'UL', 'abcd'),
      text(0x60000010, 'US', 'ab'),
      text(0x60003000, 'OW', 'abcd'),
      text(0x7fe00010, 'OW', 'abcd'),
      { tag: 0xfffafffa, vr: 'SQ', value: [] },
    );
    expect(report).toEqual(
      expect.arrayContaining([
        '(0018,1FFF) removed: not in PS3.6',
        '(6000,0010) removed: overlay without its data',
        '(6000,3000) removed: X',
        '(FFFA,FFFA) removed: X',
      ]),
    );
    expect(report.join()).not.toContain('(0010,0000)');
  });

  it('has the private elements that are safe, where that is asked for, and who wrote them', async () => {
    const block = [
      text(0x00190010, 'LO', 'SIEMENS MR HEADER'),
      text(0x0019100c, 'IS', '1000'),
      text(0x001910ff, 'LO', 'anything'),
    ];
    expect(await run({ options: ['retain-safe-private'] }, ...block)).toContain('SIEMENS MR HEADER');
    expect(await reportOf(['retain-safe-private'], ...block)).toEqual(
      expect.arrayContaining(['(0019,100C) kept: C', '(0019,10FF) removed: X']),
    );
    expect(await run({ options: [] }, ...block)).not.toContain('SIEMENS');
  });

  it('has the private elements that it says are safe', async () => {
    const characteristics: SyntheticElement = {
      tag: 0x00080300,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00080301, vr: 'US', value: 0x0099 },
          text(0x00080302, 'LO', 'ACME'),
          text(0x00080303, 'CS', 'MIXED'),
          { tag: 0x00080304, vr: 'US', value: 0x0001 },
        ],
      ],
    };
    const block = [text(0x00990011, 'LO', 'ACME'), text(0x00991101, 'LO', 'safe'), text(0x00991102, 'LO', 'unsafe')];
    expect(await reportOf(['retain-safe-private'], characteristics, ...block)).toEqual(
      expect.arrayContaining(['(0099,1101) kept: C', '(0099,1102) removed: X']),
    );
  });

  it('has one text instead of the content of a report, or the content without who is named in it', async () => {
    const content: SyntheticElement = {
      tag: 0x0040a730,
      vr: 'SQ',
      value: [[text(0x0040a040, 'CS', 'TEXT'), text(0x0040a160, 'UT', 'No fracture. Quixander walks.')]],
    };
    expect(await run({ options: [] }, content)).not.toContain('fracture');
    const cleaned = await run({ options: ['clean-structured-content'] }, content);
    expect(cleaned).toContain('No fracture.');
    expect(cleaned).not.toContain('Quixander');
  });

  it('names nobody that it was told of by others', async () => {
    const { bytes } = await deidentified(dataSetOf(text(0x00080070, 'LO', 'ACME for Zwoquister')), {
      known: ['Zwoquister'],
    });
    expect(bytes.toString('latin1')).not.toContain('Zwoquister');
    expect(bytes.toString('latin1')).toContain('ACME for');
  });
});

describe('an object', () => {
  const outcome = async (profile: Profile, ...more: readonly SyntheticElement[]) => {
    const result = await deidentify(piecesOf(dataSetOf(...more)), { transferSyntaxUid: explicit, profile, secret });
    return result.outcome === 'held' ? result.reasons : 'let out';
  };
  const pixels = text(0x7fe00010, 'OW', 'abcd');

  it('is held where text is burned into its pixels', async () => {
    expect(await outcome({ options: [] }, text(0x00280301, 'CS', 'YES'))).toEqual(['burned-in-annotation']);
  });

  it('is held where nobody says that there is none, and there often is', async () => {
    const [ultrasound, no] = [text(0x00080060, 'CS', 'US'), text(0x00280301, 'CS', 'NO')];
    expect(await outcome({ options: [] }, ultrasound, pixels)).toEqual(['burned-in-annotation-unknown']);
    expect(await outcome({ options: [] }, ultrasound, pixels, no)).toBe('let out');
    expect(await outcome({ options: [] }, text(0x00080060, 'CS', 'MR'), pixels)).toBe('let out');
    const capture = text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7');
    expect(await outcome({ options: [] }, capture, pixels)).toEqual(['burned-in-annotation-unknown']);
  });

  it('is held where it is a document, and without its text where the profile allows it', async () => {
    const document = text(0x00420011, 'OB', '%PDF Quixander');
    expect(await outcome({ options: [] }, document)).toEqual(['encapsulated-document']);
    expect(await run({ options: [], allow: ['encapsulated-document'] }, document)).not.toContain('%PDF');
  });
});

describe('what cannot be de-identified', () => {
  it.each([
    ['deidentification.secret-too-short', { secret: 'short' }],
    ['deidentification.syntax-unknown', { transferSyntaxUid: '1.2.3' }],
    ['deidentification.options-contradict', { profile: { options: ['retain-full-dates', 'retain-modified-dates'] } }],
    ['dicom.limit-exceeded', { limits: { bytes: 10 } }],
  ] as const)('is refused: %s', async (code, asked) => {
    await expect(deidentified(dataSetOf(), asked)).rejects.toMatchObject({ code });
  });

  it('is refused where it is no instance', async () => {
    const dataSet = encodeDataSet(instance.slice(2), explicit);
    await expect(deidentified(dataSet)).rejects.toMatchObject({ code: 'deidentification.not-an-instance' });
  });

  it('is refused where it is cut or damaged anywhere, or lets nobody be named', async () => {
    const whole = dataSetOf(
      text(0x00081030, 'LO', 'Quixander'),
      { tag: 0x00400275, vr: 'SQ', value: [[text(0x00100010, 'PN', 'Quixander^Vortrud')]] },
      text(0x7fe00010, 'OW', 'abcdefgh'),
    );
    const damage = fc.record({ end: fc.nat(whole.length), at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ end, at, byte }) => {
        const bytes = Buffer.from(whole.subarray(0, end));
        if (at < end) bytes[at] = byte;
        const output = await deidentified(bytes).then(
          (result) => result.bytes.toString('latin1'),
          (error: unknown) => {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(dicom|deidentification)\./) });
            return '';
          },
        );
        expect(output.includes('Vortrud')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});
