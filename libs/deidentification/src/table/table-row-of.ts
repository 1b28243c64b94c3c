import { confidentialityTable, type TableRow } from './confidentiality-table.js';

const byTag: ReadonlyMap<number, TableRow> = new Map(confidentialityTable.map((row) => [row[0], row]));

const curves: TableRow = [0x50000000, 'CurveData', 'X', { 'clean-graphics': 'C' }];
const overlayData: TableRow = [0x60003000, 'OverlayData', 'X', { 'clean-graphics': 'C' }];
const overlayComments: TableRow = [0x60004000, 'OverlayComments', 'X', { 'clean-graphics': 'C' }];
const privateAttributes: TableRow = [0x00010000, 'PrivateAttributes', 'X', { 'retain-safe-private': 'C' }];

/** The rows of PS3.15 table E.1-1 that stand for many tags. */
export const patternRows: readonly TableRow[] = [curves, overlayData, overlayComments, privateAttributes];

/** The row of PS3.15 table E.1-1 for a tag; undefined where the table has none. */
export const tableRowOf = (tag: number): TableRow | undefined => {
  const group = tag >>> 16;
  if (group % 2 === 1) return privateAttributes;
  if (group >>> 8 === 0x50) return curves;
  if (group >>> 8 === 0x60 && (tag & 0xffff) === 0x3000) return overlayData;
  if (group >>> 8 === 0x60 && (tag & 0xffff) === 0x4000) return overlayComments;
  return byTag.get(tag);
};
