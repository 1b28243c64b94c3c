/** Forty rules such as a hospital has: by modality, description, station, body part and who sent it. */
const modalities = ['CT', 'MR', 'CR', 'DX', 'US', 'MG', 'XA', 'PT', 'NM', 'SR'];
const parts = ['HEAD', 'CHEST', 'KNEE', 'ABDOMEN', 'SPINE', 'PELVIS', 'FOOT', 'HAND', 'NECK', 'HEART'];

const conditions = [
  ...modalities.map((modality) => `@Modality@ == '${modality}'`),
  ...parts.map((part) => `'${part}' in @StudyDescription@ and @Modality@ in ['CT', 'MR']`),
  ...parts.map((part) => `'${part.toLowerCase()}' in @SeriesDescription@.lower() or @BodyPartExamined@ == '${part}'`),
  ...parts.map(
    (_, at) => `@StationName@ == 'STATION${at}' and float(@SliceThickness@) <= ${at + 1} and @SenderAET@ != 'TEST'`,
  ),
];

/** The configuration with these rules. */
export const fortyRules = {
  targets: ['archive', 'research'].map((name) => ({ name, kind: 'folder', path: `/srv/${name}` })),
  rules: conditions.map((condition, at) => ({
    name: `rule ${at + 1}`,
    condition,
    action: 'route',
    targets: [at % 3 === 0 ? 'research' : 'archive'],
  })),
};

const pick = (values, from) => values[from % values.length];

/** Facts of so many series, no two of them alike. */
export const manyFacts = (count) =>
  Array.from({ length: count }, (_, at) => ({
    SpecificCharacterSet: 'ISO_IR 100',
    ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
    Modality: pick(modalities, at * 7),
    Manufacturer: pick(['SIEMENS', 'GE', 'PHILIPS'], at),
    StationName: `STATION${at % 23}`,
    StudyDescription: `${pick(parts, at * 3)} ROUTINE ${at % 41}`,
    SeriesDescription: `${pick(parts, at * 11).toLowerCase()} ${pick(['ax', 'cor', 'sag'], at)} ${at % 97} mm`,
    BodyPartExamined: pick(parts, at * 3),
    SliceThickness: String(1 + (at % 9) / 2),
    SeriesInstanceUID: `1.2.826.0.1.3680043.8.498.${at}`,
    InstanceNumber: '1',
    SenderAET: pick(['CT1', 'CT2', 'MR1', 'PACS'], at),
    ReceiverAET: 'WAYSTATION',
    SenderAddress: `10.20.1.${at % 250}`,
  }));
