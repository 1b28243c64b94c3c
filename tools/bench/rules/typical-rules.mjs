/** Conditions such as a hospital has, in the notations that mercure's users write. */
const modalities = ['CT', 'MR', 'CR', 'DX', 'US', 'MG', 'XA', 'PT', 'NM', 'SR'];
const parts = ['HEAD', 'CHEST', 'KNEE', 'ABDOMEN', 'SPINE', 'PELVIS', 'FOOT', 'HAND', 'NECK', 'HEART'];

const pick = (values, at) => values[at % values.length];

const kinds = [
  (at) => `@Modality@ == '${pick(modalities, at)}' and '${pick(parts, at * 3)}' in @StudyDescription@`,
  (at) => `tags.Modality in ('CT', 'MR') and '${pick(parts, at).toLowerCase()}' in tags.SeriesDescription.lower()`,
  (at) => `('STATION${at % 23}' == @StationName@) | (@BodyPartExamined@ == '${pick(parts, at * 7)}')`,
  (at) => `@StationName@ == 'STATION${at % 23}' and float(@SliceThickness@) <= ${1 + (at % 9) / 2}`,
  (at) =>
    `tags.SenderAET.startswith('${pick(['CT', 'MR', 'PACS'], at)}') and not 'DERIVED' in tags.ImageType.split('\\\\')`,
  (at) => `@ReceiverAET@ == 'AE${at}' and @Modality@ != 'SR'`,
  (at) => `'ContrastBolusAgent' in tags and tags.Modality == '${pick(modalities, at)}'`,
  (at) =>
    `tags.Manufacturer == '${pick(['SIEMENS', 'GE', 'PHILIPS'], at)}' and tags.SeriesDescription.endswith('${at % 97} mm')`,
];

/** So many conditions. */
export const typicalConditions = (count) => Array.from({ length: count }, (_, at) => pick(kinds, at)(at));

/** Facts of so many series: what scanners of a hospital send over and over, with numbers of their own. */
export const typicalFacts = (count) =>
  Array.from({ length: count }, (_, at) => ({
    ImageType: pick(['ORIGINAL\\PRIMARY\\AXIAL', 'DERIVED\\SECONDARY', 'ORIGINAL\\PRIMARY\\LOCALIZER'], at * 5),
    Modality: pick(modalities, at * 7),
    Manufacturer: pick(['SIEMENS', 'GE', 'PHILIPS'], at),
    StationName: `STATION${at % 23}`,
    StudyDescription: `${pick(parts, at * 3)} ROUTINE ${at % 41}`,
    SeriesDescription: `${pick(parts, at * 11).toLowerCase()} ${pick(['ax', 'cor', 'sag'], at)} ${at % 97} mm`,
    BodyPartExamined: pick(parts, at * 3),
    SliceThickness: String(1 + (at % 9) / 2),
    PatientID: `P${at}`,
    StudyInstanceUID: `1.2.826.0.1.3680043.8.498.1.${at >> 2}`,
    SeriesInstanceUID: `1.2.826.0.1.3680043.8.498.2.${at}`,
    StudyDate: '20260213',
    StudyTime: String(80_000 + at),
    SeriesNumber: String(1 + (at % 12)),
    InstanceNumber: '1',
    SenderAET: pick(['CT1', 'CT2', 'MR1', 'PACS'], at),
    ReceiverAET: 'WAYSTATION',
    SenderAddress: `10.20.1.${at % 250}`,
    ...(at % 3 === 0 ? { ContrastBolusAgent: 'yes' } : {}),
  }));
