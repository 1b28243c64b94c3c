import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of the HashiCorp Vault that secrets of the configuration are looked up in. */
export const vaultTable = {
  vaultAddress: setting('vault.address', 'VAULT_ADDRESS', kind.httpsUrl, {
    doc: 'The HashiCorp Vault where secrets are that the configuration names by `vault`: `https://vault.hospital.example:8200`. Dispatch and processing ask it.',
    otherwise: 'none',
  }),
  vaultTokenFile: setting('vault.tokenFile', 'VAULT_TOKEN_FILE', kind.path, {
    doc: 'File with the token that Vault is shown, read anew each time.',
    otherwise: 'none',
  }),
  vaultToken: setting('vault.token', 'VAULT_TOKEN', kind.token, {
    doc: 'That token itself, instead of the file.',
    otherwise: 'none',
    secret: 'value',
  }),
  vaultNamespace: setting('vault.namespace', 'VAULT_NAMESPACE', kind.token, {
    doc: 'The namespace of Vault that the secrets are in.',
    otherwise: 'none',
  }),
  vaultCaFile: setting('vault.caFile', 'VAULT_CA_FILE', kind.path, {
    doc: 'PEM file with the authorities that the certificate of Vault has to lead to.',
    otherwise: 'the public ones',
  }),
} as const;
