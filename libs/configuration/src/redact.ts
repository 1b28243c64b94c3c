import { hiddenSecret, hideUrlSecrets } from './hide-secrets.js';
import type { Settings } from './settings.js';

/** The settings as they may be printed: without token and passwords. */
export const redact = (settings: Settings): Settings => ({
  ...settings,
  http: { ...settings.http, apiToken: settings.http.apiToken === undefined ? undefined : hiddenSecret },
  databaseUrl: hideUrlSecrets(settings.databaseUrl),
  bus: hideUrlSecrets(settings.bus),
  objects: hideUrlSecrets(settings.objects),
});
