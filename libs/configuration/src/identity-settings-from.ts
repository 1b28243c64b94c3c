import { join, resolve } from 'node:path';
import type { CompleteValues } from './complete-values.js';
import type { IdentityKeySource, IdentitySettings } from './identity-settings.js';
import type { SettingsProblem } from './settings-problem.js';
import { settingsTable, type SettingValues } from './settings-table.js';

/** The keys that the settings name; with the embedded database one in the data folder where none is named. */
export const identitySettingsFrom = (values: CompleteValues, folder: string, dataFolder: string): IdentitySettings => {
  const source = (file: string | undefined, text: string | undefined): IdentityKeySource | undefined => {
    if (file !== undefined) return { file: resolve(folder, file), inDataFolder: false };
    return text === undefined ? undefined : { text };
  };
  const ours = { file: join(dataFolder, 'identity.key'), inDataFolder: true };
  return {
    key: source(values.identityKeyFile, values.identityKey) ?? (values.databaseUrl === 'embedded' ? ours : undefined),
    previousKey: source(values.previousIdentityKeyFile, values.previousIdentityKey),
  };
};

const pairs = [
  ['identityKeyFile', 'identityKey'],
  ['previousIdentityKeyFile', 'previousIdentityKey'],
] as const;

/** Problems of the keys with each other: a key comes from one place. */
export const checkIdentity = (values: SettingValues): readonly SettingsProblem[] =>
  pairs
    .filter(([file, text]) => values[file] !== undefined && values[text] !== undefined)
    .map(([file, text]) => {
      const { key, env } = settingsTable[text];
      return { key, source: env, sentence: `is there as ${settingsTable[file].key} is: expected one of them` };
    });
