import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { deidentified } from '../../test/deidentified.js';
import { Dice } from '../../test/dice.js';
import { plantedIdentity, plantedTexts, type PlantedIdentity } from '../../test/planted-identity.js';
import { plantedObject } from '../../test/planted-object.js';
import { profileOptions, type ProfileOption } from '../profile/profile-option.js';

const objects = Number(process.env['WAYSTATION_PLANTED_OBJECTS'] ?? 400);
const deflated = '1.2.840.10008.1.2.1.99';
const compressed = '1.2.840.10008.1.2.4.90';
const syntaxes = [
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.2',
  deflated,
  '1.2.840.10008.1.2.4.90',
];

const optionsOf = (dice: Dice): readonly ProfileOption[] => {
  const chosen = profileOptions.filter(() => dice.roll(2) === 0);
  return chosen.includes('retain-full-dates') ? chosen.filter((one) => one !== 'retain-modified-dates') : chosen;
};

/** Forms in which a text would be found, in the letters of the original and in capitals. */
const formsOf = (text: string, { script }: PlantedIdentity): readonly Buffer[] =>
  [text, text.toUpperCase(), text.toLowerCase()].flatMap((form) => [
    Buffer.from(form),
    Buffer.from(form, 'utf16le'),
    Buffer.from(form, 'utf16le').swap16(),
    Buffer.from(form, 'latin1'),
    script.encode(form),
  ]);

const leaksOf = (output: Buffer, identity: PlantedIdentity, options: readonly ProfileOption[]): readonly string[] => {
  const texts = [...plantedTexts(identity), ...(options.includes('retain-uids') ? [] : [identity.uid])];
  return texts.filter((text) => formsOf(text, identity).some((form) => output.includes(form)));
};

it(
  `nothing of who was planted into ${objects} objects of six scripts and five transfer syntaxes is let out`,
  async () => {
    for (let seed = 1; seed <= objects; seed++) {
      const dice = new Dice(seed);
      const identity = plantedIdentity(dice);
      const options = optionsOf(dice);
      const transferSyntaxUid = dice.pick(syntaxes);
      const hasLength = dice.roll(2) === 0;
      const dataSet = encodeDataSet(
        plantedObject(identity, dice, transferSyntaxUid === compressed),
        transferSyntaxUid,
        () => hasLength,
      );
      const input = transferSyntaxUid === deflated ? inflateRawSync(dataSet) : dataSet;
      expect(leaksOf(input, identity, [])).toEqual(expect.arrayContaining([identity.family, identity.patientId]));
      const { bytes } = await deidentified(dataSet, { transferSyntaxUid, profile: { options } });
      const output = transferSyntaxUid === deflated ? inflateRawSync(bytes) : bytes;
      const leaks = leaksOf(output, identity, options);
      expect({ seed, script: identity.script.name, options, leaks }).toMatchObject({ leaks: [] });
    }
  },
  objects * 100 + 20_000,
);
