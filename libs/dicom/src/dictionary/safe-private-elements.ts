import { privateName } from './private-name.js';
import type { RoutingElement } from './routing-element.js';
import type { Vr } from './value-representations.js';

type Row = readonly [group: number, offset: number, vr: Vr, meaning: string];

/**
 * Private elements that PS3.15 table E.3.10-1 thinks safe from identity leakage, by creator, without those whose values
 * are sequences, bulk data, measured, or others in every image of a series: nobody routes by these.
 */
const table: ReadonlyMap<string, readonly Row[]> = new Map<string, readonly Row[]>([
  [
    'SIEMENS MR HEADER',
    [
      [0x0019, 0x0c, 'IS', 'B value'],
      [0x0019, 0x0d, 'CS', 'diffusion directionality'],
    ],
  ],
  [
    'GEMS_ACQU_01',
    [
      [0x0019, 0x23, 'DS', 'table speed, mm per rotation'],
      [0x0019, 0x27, 'DS', 'rotation speed (gantry period)'],
      [0x0019, 0x9e, 'LO', 'internal pulse sequence name'],
    ],
  ],
  ['GEMS_SERS_01', [[0x0025, 0x07, 'SL', 'images in series']]],
  [
    'GEMS_PARM_01',
    [
      [0x0043, 0x27, 'SH', 'scan pitch ratio'],
      [0x0043, 0x39, 'IS', 'B value, the first of four values'],
      [0x0043, 0x6f, 'DS', 'scanner table entry, gradient coil selected'],
    ],
  ],
  [
    'GEMS_HELIOS_01',
    [
      [0x0045, 0x01, 'SS', 'number of macro rows in the detector'],
      [0x0045, 0x02, 'FL', 'macro width at ISO centre'],
    ],
  ],
  [
    'GEIIS PACS',
    [
      [0x0903, 0x10, 'US', 'reject image flag'],
      [0x0903, 0x11, 'US', 'significant flag'],
      [0x0903, 0x12, 'US', 'confidential flag'],
    ],
  ],
  [
    'ELSCINT1',
    [
      [0x00e1, 0x21, 'DS', 'DLP'],
      [0x00e1, 0x50, 'DS', 'acquisition duration'],
      [0x01e1, 0x26, 'CS', 'phantom type'],
      [0x01f1, 0x01, 'CS', 'acquisition type'],
      [0x01f1, 0x07, 'DS', 'table velocity'],
      [0x01f1, 0x26, 'DS', 'pitch'],
      [0x01f1, 0x27, 'DS', 'rotation time'],
    ],
  ],
  [
    'Philips Imaging DD 001',
    [
      [0x2001, 0x03, 'FL', 'diffusion B factor'],
      [0x2001, 0x04, 'CS', 'diffusion direction'],
    ],
  ],
  [
    'Philips PET Private Group',
    [
      [0x7053, 0x00, 'DS', 'SUV factor'],
      [0x7053, 0x09, 'DS', 'activity concentration factor'],
    ],
  ],
  [
    'NQHeader',
    [
      [0x0099, 0x02, 'UI', 'analyzed series UID'],
      [0x0099, 0x04, 'SS', 'return code'],
    ],
  ],
  [
    'HOLOGIC, Inc.',
    [
      [0x7e01, 0x01, 'LO', 'codec version'],
      [0x7e01, 0x02, 'SH', 'codec content type'],
    ],
  ],
]);

/** A private element that everybody may read. */
export interface SafePrivateElement extends RoutingElement {
  readonly creator: string;
  readonly meaning: string;
}

/** Those of the table above. */
export const safePrivateElements: readonly SafePrivateElement[] = [...table].flatMap(([creator, rows]) =>
  rows.map(([group, offset, vr, meaning]) => {
    const tag = group * 0x10000 + offset;
    return { keyword: privateName(tag, creator), tag, vr, identity: false, creator, meaning };
  }),
);
