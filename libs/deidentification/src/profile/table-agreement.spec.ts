import { elementVr, tagText } from '@waystation/dicom';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { deidentified } from '../../test/deidentified.js';
import type { ReportedElement, Treatment } from '../deidentify/report.js';
import type { ActionCode } from '../table/action-code.js';
import { confidentialityTable, type TableRow } from '../table/confidentiality-table.js';
import { patternRows } from '../table/table-row-of.js';
import { codeUnder } from './code-under.js';
import { profileOptions, type ProfileOption } from './profile-option.js';

/** What PS3.15 table E.1-1a lets an action code be; of what it leaves open, the strongest that keeps the object valid. */
const allowed: Readonly<Record<ActionCode, readonly Treatment[]>> = {
  X: ['removed'],
  Z: ['emptied'],
  D: ['replaced'],
  U: ['uid-mapped'],
  K: ['kept'],
  C: ['cleaned'],
  'X/Z': ['emptied'],
  'Z/D': ['replaced'],
  'X/D': ['replaced'],
  'X/Z/D': ['replaced'],
  'X/Z/U*': ['looked-into'],
};
/** Of Z, which also allows a dummy (PS3.15 table E.1-1a): the name becomes a pseudonym. */
const PATIENT_NAME = 0x00100010;
const values: Readonly<Record<string, string>> = {
  DA: '20240105',
  TM: '101112',
  DT: '20240105101112',
  UI: '1.2.3.4',
  AS: '050Y',
  AE: 'STORE',
  CS: 'F',
  DS: '1.5',
  IS: '15',
};

const exampleOf = ([tag]: TableRow): SyntheticElement => {
  const vr = elementVr(tag, false) ?? 'UN';
  if (vr === 'SQ') return { tag, vr, value: [[{ tag: 0x00080100, vr: 'SH', value: Buffer.from('T1') }]] };
  const text = values[vr] ?? (vr.startsWith('O') || vr === 'UN' ? '\u0001\u0002\u0003\u0004' : 'contrast');
  return {
    tag,
    vr,
    value: ['US', 'UL', 'FD', 'FL', 'SS', 'SL', 'AT'].includes(vr) ? Buffer.alloc(8, 1) : Buffer.from(text),
  };
};

const identity: readonly SyntheticElement[] = [
  { tag: 0x00080016, vr: 'UI', value: Buffer.from('1.2.840.10008.5.1.4.1.1.4') },
  { tag: 0x00080018, vr: 'UI', value: Buffer.from('1.2.3') },
];

/** What is done with an element that is alone in a data set. */
const treatmentOf = async (row: TableRow, options: readonly ProfileOption[]): Promise<ReportedElement | undefined> => {
  const [tag] = row;
  const reported: ReportedElement[] = [];
  const elements = [...identity.filter((one) => one.tag !== tag), exampleOf(row)].toSorted((a, b) => a.tag - b.tag);
  const profile = { options, allow: ['encapsulated-document'] as const };
  await deidentified(encodeDataSet(elements, '1.2.840.10008.1.2.1'), { profile, report: (one) => reported.push(one) });
  return reported.find(({ path }) => path === tagText(tag));
};

/** Without commands and file meta information, which are not part of a data set. */
const rows = confidentialityTable.filter(([tag]) => tag >>> 16 > 2);

const asTableSays = ([tag, , basic]: TableRow, code: ActionCode, found: ReportedElement | undefined): boolean => {
  const vr = found?.vr;
  const treatments: readonly Treatment[] = [
    ...allowed[code],
    ...(tag === PATIENT_NAME || (vr === 'SQ' && code === 'K') ? (['replaced', 'looked-into'] as const) : []),
    ...(vr === 'SQ' && code.includes('D') ? (['looked-into'] as const) : []),
    ...(vr === 'UI' && code === 'D' ? (['uid-mapped'] as const) : []),
    ...(code === 'C' && vr === 'SQ' ? (['looked-into'] as const) : []),
    ...(code === 'C' && (vr === 'DA' || vr === 'DT' || vr === 'TM') ? (['date-moved'] as const) : []),
    // What cannot be cleaned without knowing what it means is done as the basic profile says: docs/deidentification.md.
    ...(code === 'C' && ['AE', 'CS', 'OB', 'SH', 'UT'].includes(vr ?? '') ? allowed[basic] : []),
    ...(code === 'C' && vr === 'SQ' ? allowed[basic] : []),
  ];
  return found !== undefined && treatments.includes(found.treatment);
};

describe('PS3.15 table E.1-1', () => {
  it('has 621 rows in the edition of 2024b, four of them patterns', () => {
    expect([confidentialityTable.length, patternRows.length]).toEqual([617, 4]);
    expect(new Set(confidentialityTable.map(([tag]) => tag)).size).toBe(617);
    expect(rows).toHaveLength(614);
    const codes = confidentialityTable.map(([, , basic]) => basic);
    const counts = Object.fromEntries(codes.map((code) => [code, codes.filter((one) => one === code).length]));
    expect(counts).toEqual({
      ...{ X: 380, D: 92, U: 54, Z: 42, 'X/D': 22, 'X/Z': 11, 'X/Z/D': 8, 'Z/D': 6, 'X/Z/U*': 2 },
    });
    expect(rows.map(([tag]) => elementVr(tag, false))).not.toContain(undefined);
  });

  it.each([undefined, ...profileOptions])(
    'is done element by element under the option %s',
    async (option) => {
      const options = option === undefined ? [] : [option];
      const differing: string[] = [];
      for (const row of rows) {
        const code = codeUnder(row, { options });
        const found = await treatmentOf(row, options);
        if (!asTableSays(row, code, found)) differing.push(`${row[1]} ${code}: ${found?.treatment}`);
      }
      expect(differing).toEqual([]);
    },
    60_000,
  );

  it('cleans where one option says so and another keeps', () => {
    const dateOfDevice = confidentialityTable.find(([, keyword]) => keyword === 'DateOfManufacture');
    if (dateOfDevice === undefined) throw new Error('no such row');
    expect(codeUnder(dateOfDevice, { options: ['retain-device-identity', 'retain-modified-dates'] })).toBe('C');
    expect(codeUnder(dateOfDevice, { options: ['retain-device-identity'] })).toBe('K');
  });
});
