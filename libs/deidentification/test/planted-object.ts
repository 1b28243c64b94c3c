import type { SyntheticElement } from '../../testing/src/synthetic/synthetic-element.js';
import type { Dice } from './dice.js';
import { writtenDate, type PlantedIdentity } from './planted-identity.js';

type Vr = SyntheticElement['vr'];
type Items = readonly (readonly SyntheticElement[])[];

/** How a frame of JPEG begins that names somebody. */
const jpegComment = (words: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, words.length + 2]),
    Buffer.from(words),
    Buffer.from([0xff, 0xda]),
  ]);

/** Elements of an image, a report and everything else where somebody could be named, in ascending order. */
export const plantedObject = (
  identity: PlantedIdentity,
  dice: Dice,
  compressed = false,
): readonly SyntheticElement[] => {
  const { script, family, given, physician } = identity;
  const bytes = (tag: number, vr: Vr, value: Buffer): SyntheticElement => ({ tag, vr, value });
  const text = (tag: number, vr: Vr, value: string) => bytes(tag, vr, script.encode(value));
  const sequence = (tag: number, items: Items): SyntheticElement => ({ tag, vr: 'SQ', value: items });
  const name = `${family}^${given}`;
  const sentence = () =>
    dice.pick([
      `Pat. ${family} ${given}, ${identity.patientId}`,
      `seen by ${physician} on ${writtenDate(identity)}`,
      `call ${identity.telephone}; ${identity.accession}`,
      `${given} ${family} *${identity.birthDate} T1 axial`,
      `control of ${identity.otherId}, contrast given`,
      `axial T2 ${family.toUpperCase()} left knee`,
    ]);
  const deep = (depth: number): Items => [
    [
      text(0x0008103e, 'LO', sentence()),
      text(0x00081050, 'PN', `${physician}^X`),
      text(0x00100010, 'PN', name),
      text(0x00400007, 'LO', sentence()),
      ...(depth > 0 ? [sequence(0x00400275, deep(depth - 1))] : []),
    ],
  ];
  const content: Items = [
    [
      text(0x0040a040, 'CS', 'PNAME'),
      sequence(0x0040a043, [[text(0x00080100, 'SH', '121008'), text(0x00080104, 'LO', sentence())]]),
      text(0x0040a123, 'PN', name),
    ],
    [text(0x0040a040, 'CS', 'TEXT'), text(0x0040a160, 'UT', sentence())],
  ];
  const hidden = [
    Buffer.from(`${family} ${given}`, 'utf16le'),
    Buffer.from(`${identity.patientId}`, 'utf16le').swap16(),
    script.encode(`xx${family}`),
    Buffer.from(family),
  ];
  const elements = [
    ...(script.specificCharacterSet === '' ? [] : [text(0x00080005, 'CS', script.specificCharacterSet)]),
    text(0x00080008, 'CS', String.raw`ORIGINAL\PRIMARY`),
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    text(0x00080018, 'UI', `${identity.uid}.1`),
    text(0x00080020, 'DA', '20240105'),
    text(0x00080023, 'DA', '20240106'),
    text(0x00080030, 'TM', '101500'),
    text(0x00080050, 'SH', identity.accession),
    text(0x00080060, 'CS', 'MR'),
    text(0x00080070, 'LO', dice.roll(2) === 0 ? 'ACME' : sentence()),
    text(0x00080080, 'LO', `Praxis ${physician}`),
    text(0x00080081, 'ST', sentence()),
    text(0x00080090, 'PN', `${physician}^Y`),
    text(0x00081010, 'SH', 'STATION1'),
    text(0x00081030, 'LO', sentence()),
    text(0x0008103e, 'LO', sentence()),
    text(0x00081070, 'PN', `${physician}^Z`),
    sequence(0x00081140, [
      [text(0x00081150, 'UI', '1.2.840.10008.5.1.4.1.1.4'), text(0x00081155, 'UI', `${identity.uid}.9`)],
    ]),
    text(0x00082111, 'ST', sentence()),
    text(0x00100010, 'PN', dice.roll(3) === 0 ? `${name}=${name}=${name}` : name),
    text(0x00100020, 'LO', identity.patientId),
    text(0x00100030, 'DA', identity.birthDate),
    text(0x00100040, 'CS', 'F'),
    sequence(0x00101002, [[text(0x00100020, 'LO', identity.otherId)]]),
    text(0x00101000, 'LO', identity.otherId),
    text(0x00101010, 'AS', '049Y'),
    text(0x00102154, 'SH', identity.telephone),
    text(0x00104000, 'LT', sentence()),
    bytes(0x00111010, 'LO', script.encode('PLANTER')),
    text(0x00180015, 'CS', 'KNEE'),
    text(0x00181000, 'LO', 'S-12'),
    text(0x00181020, 'LO', sentence()),
    text(0x00181030, 'LO', sentence()),
    text(0x0019_0010, 'LO', 'SIEMENS MR HEADER'),
    text(0x0019_100d, 'CS', family.slice(0, 3) + identity.patientId),
    text(0x0019_1050, 'LO', sentence()),
    text(0x0020000d, 'UI', `${identity.uid}.2`),
    text(0x0020000e, 'UI', `${identity.uid}.3`),
    text(0x00200012, 'IS', dice.pick(['2', family, identity.patientId])),
    text(0x00200013, 'IS', '1'),
    bytes(0x00189087, 'FD', dice.pick(hidden)),
    bytes(0x00189810, 'FD', Buffer.alloc(8, 1)),
    text(0x00204000, 'LT', sentence()),
    { tag: 0x00280010, vr: 'US', value: 4 } as const,
    bytes(0x00282000, 'OB', dice.pick(hidden)),
    text(0x0029_0010, 'LO', `${family} DEVICES`),
    bytes(0x0029_1010, 'OB', dice.pick(hidden)),
    sequence(0x0029_1020, deep(1)),
    bytes(0x0029_1030, 'UN', dice.pick(hidden)),
    text(0x00321060, 'LO', sentence()),
    sequence(0x00400275, deep(2)),
    sequence(0x0040a730, content),
    bytes(0x00450008, 'UN', dice.pick(hidden)),
    text(0x00700006, 'ST', sentence()),
    bytes(0x00181fff, 'UN', dice.pick(hidden)),
    text(0x60000022, 'LO', sentence()),
    bytes(0x60003000, 'OW', dice.pick(hidden)),
    bytes(0x7fe00010, 'OW', compressed ? jpegComment(identity.patientId) : Buffer.alloc(32)),
    bytes(0xfffcfffc, 'OB', dice.pick(hidden)),
  ];
  return elements.toSorted((one, other) => one.tag - other.tag);
};
