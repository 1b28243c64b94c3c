import { hiddenSecret, hideUrlSecrets } from './hide-secrets.js';
import type { IdentityKeySource } from './identity-settings.js';
import type { Settings } from './settings.js';
import type { VaultSettings } from './vault-settings.js';

/** The settings as they may be printed: without token and passwords. */
export const redact = (settings: Settings): Settings => ({
  ...settings,
  http: { ...settings.http, apiToken: settings.http.apiToken === undefined ? undefined : hiddenSecret },
  databaseUrl: hideUrlSecrets(settings.databaseUrl),
  bus: hideUrlSecrets(settings.bus),
  objects: hideUrlSecrets(settings.objects),
  identity: { key: hideKey(settings.identity.key), previousKey: hideKey(settings.identity.previousKey) },
  vault: hideToken(settings.vault),
});

/** Where a key lies may be said, what it is may not. */
const hideKey = (source: IdentityKeySource | undefined): IdentityKeySource | undefined =>
  source === undefined || 'file' in source ? source : { text: hiddenSecret };

const hideToken = (vault: VaultSettings | undefined): VaultSettings | undefined =>
  vault === undefined || 'file' in vault.token ? vault : { ...vault, token: { text: hiddenSecret } };
