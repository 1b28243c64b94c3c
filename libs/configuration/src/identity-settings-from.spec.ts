import { expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';

const load = (env: Readonly<Record<string, string>>) => loadSettings({ env, folder: '/nowhere' });

it('a key in the data folder is ours where the database is, and nobody’s else', () => {
  expect(load({ WAYSTATION_DATA: '/data' }).identity.key).toEqual({ file: '/data/identity.key', inDataFolder: true });
  expect(load({ WAYSTATION_DATABASE_URL: 'postgres://db/way' }).identity.key).toBeUndefined();
});

it('a key that somebody names wins over it', () => {
  const named = { file: '/nowhere/other.key', inDataFolder: false };
  expect(load({ WAYSTATION_IDENTITY_KEY_FILE: 'other.key' }).identity.key).toEqual(named);
});

it('a key comes from one place', () => {
  const env = { WAYSTATION_IDENTITY_KEY: 'hush', WAYSTATION_IDENTITY_KEY_FILE: '/run/secrets/key' };
  expect(() => load(env)).toThrow(
    'setting identity.key (WAYSTATION_IDENTITY_KEY) is there as identity.keyFile is: expected one of them',
  );
});
