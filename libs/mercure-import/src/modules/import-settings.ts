import { looksSecret } from '../parts/looks-secret.js';
import type { Part } from '../parts/part.js';

type Settings = Readonly<Record<string, unknown>>;

/** Settings as far as everybody may read them. */
export interface ImportedSettings {
  readonly settings: Settings;
  /** Whether nothing was left out: with less a module may do something else than it did. */
  readonly isWhole: boolean;
}

/** The settings of a module or of a step, without what looks like a secret, wherever in them it stands. */
export const importSettings = (part: Part, place: string): ImportedSettings => {
  if (typeof part.value !== 'object' || part.value === null || Array.isArray(part.value)) {
    if (part.isEmpty) part.taken('there is nothing in it');
    else part.notTaken('it is no object: mercure cannot read it either');
    return { settings: {}, isWhole: true };
  }
  const secrets: Part[] = [];
  const settings = open(part, secrets) as Settings;
  for (const secret of secrets)
    secret.notTaken(
      'it looks like a secret, which would stay in the log for ever: let the module read it from a variable, and name that under its secrets',
    );
  part.taken(`${place} has it`);
  return { settings, isWhole: secrets.length === 0 };
};

const open = (part: Part, secrets: Part[]): unknown => {
  if (Array.isArray(part.value)) return part.parts.map((each) => open(each, secrets));
  if (typeof part.value !== 'object' || part.value === null) return part.value;
  const kept = part.parts.filter((each) => {
    const isSecret = looksSecret(each.name, each.value);
    if (isSecret) secrets.push(each);
    return !isSecret;
  });
  return Object.fromEntries(kept.map((each) => [each.name, open(each, secrets)]));
};
