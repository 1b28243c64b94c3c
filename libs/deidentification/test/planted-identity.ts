import type { Dice } from './dice.js';
import { scripts, type Script } from './scripts.js';

/** Who is planted into an object. Whatever is found of it in what is let out is a leak. */
export interface PlantedIdentity {
  readonly script: Script;
  readonly family: string;
  readonly given: string;
  readonly physician: string;
  readonly patientId: string;
  readonly otherId: string;
  readonly accession: string;
  readonly telephone: string;
  readonly birthDate: string;
  readonly uid: string;
}

const word = (dice: Dice, { syllables }: Script): string => {
  const letters = Array.from({ length: 3 }, () => dice.pick(syllables)).join('');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
};

export const plantedIdentity = (dice: Dice): PlantedIdentity => {
  const script = dice.pick(scripts);
  return {
    script,
    family: word(dice, script),
    given: word(dice, script),
    physician: word(dice, script),
    patientId: `PX${dice.digits(8)}`,
    otherId: `Q${dice.digits(7)}`,
    accession: `A${dice.digits(9)}`,
    telephone: `+49 ${dice.digits(4)} ${dice.digits(6)}`,
    birthDate: `19${10 + dice.roll(80)}0${1 + dice.roll(9)}${10 + dice.roll(18)}`,
    uid: `1.2.276.0.${dice.digits(9)}.7`,
  };
};

/** Texts that must not be found, without the UID, which a profile may retain. */
export const plantedTexts = (identity: PlantedIdentity): readonly string[] => [
  identity.family,
  identity.given,
  identity.physician,
  identity.patientId,
  identity.otherId,
  identity.accession,
  identity.telephone,
  identity.birthDate,
  writtenDate(identity),
];

/** The birth date as people write it. */
export const writtenDate = ({ birthDate }: PlantedIdentity): string =>
  `${birthDate.slice(6)}.${birthDate.slice(4, 6)}.${birthDate.slice(0, 4)}`;
