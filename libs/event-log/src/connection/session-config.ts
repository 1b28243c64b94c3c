import type { ClientConfig } from 'pg';

/** Time until a connection counts as impossible. */
export const CONNECTION_TIMEOUT_MS = 5_000;

const SETTINGS: Readonly<Record<string, string>> = { role: 'waystation_app', TimeZone: 'UTC', DateStyle: 'ISO' };

/**
 * A session of a service: whoever logs in, it has the privileges of `waystation_app`, which cannot change the log.
 * @param settings further Postgres settings of the session
 */
export const sessionConfig = (
  url: string,
  applicationName: string,
  settings: Readonly<Record<string, string | number>> = {},
): ClientConfig => {
  const address = new URL(url);
  const options = Object.entries({ ...settings, ...SETTINGS }).map(([name, value]) => `-c ${name}=${value}`);
  address.searchParams.set('options', [address.searchParams.get('options'), ...options].filter(Boolean).join(' '));
  return {
    connectionString: address.href,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
  };
};
