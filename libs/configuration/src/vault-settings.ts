import { resolve } from 'node:path';
import type { CompleteValues } from './complete-values.js';
import type { SettingsProblem } from './settings-problem.js';
import { settingsTable, type SettingName, type SettingValues } from './settings-table.js';

/** The HashiCorp Vault that secrets are looked up in. */
export interface VaultSettings {
  readonly address: string;
  /** Absolute path of a file with the token, or the token itself. */
  readonly token: { readonly file: string } | { readonly text: string };
  readonly namespace: string | undefined;
  /** Absolute path. */
  readonly caFile: string | undefined;
}

/** Undefined where no Vault is named. */
export const vaultSettingsFrom = (values: CompleteValues, folder: string): VaultSettings | undefined => {
  const { vaultAddress, vaultToken = '', vaultTokenFile, vaultNamespace, vaultCaFile } = values;
  if (vaultAddress === undefined) return undefined;
  return {
    address: vaultAddress,
    token: vaultTokenFile === undefined ? { text: vaultToken } : { file: resolve(folder, vaultTokenFile) },
    namespace: vaultNamespace,
    caFile: vaultCaFile === undefined ? undefined : resolve(folder, vaultCaFile),
  };
};

const problem = (name: SettingName, sentence: string): SettingsProblem => {
  const { key, env } = settingsTable[name];
  return { key, source: env, sentence };
};

/** Problems of the settings of Vault with each other. */
export const checkVault = (values: SettingValues): readonly SettingsProblem[] => {
  const { vaultAddress, vaultToken, vaultTokenFile } = values;
  const tokens = [vaultToken, vaultTokenFile].filter((token) => token !== undefined).length;
  if (vaultAddress === undefined)
    return tokens === 0 ? [] : [problem('vaultAddress', 'is missing: expected the address that the token is for')];
  if (tokens === 1) return [];
  const sentence =
    tokens === 0 ? 'is missing: expected it or vault.token' : 'is there as vault.token is: expected one of them';
  return [problem('vaultTokenFile', sentence)];
};
