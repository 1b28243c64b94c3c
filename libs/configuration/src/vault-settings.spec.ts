import { expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';
import { redact } from './redact.js';

const load = (env: Readonly<Record<string, string>>) => loadSettings({ env, folder: '/nowhere' });
const address = { WAYSTATION_VAULT_ADDRESS: 'https://vault.hospital.example:8200' };

it('there is no Vault unless one is named', () => {
  expect(load({}).vault).toBeUndefined();
});

it('Vault is shown a token of a file or of the settings', () => {
  const more = { WAYSTATION_VAULT_NAMESPACE: 'radiology/imaging', WAYSTATION_VAULT_CA_FILE: 'ca.pem' };
  expect(load({ ...address, ...more, WAYSTATION_VAULT_TOKEN_FILE: 'vault.token' }).vault).toEqual({
    address: address.WAYSTATION_VAULT_ADDRESS,
    token: { file: '/nowhere/vault.token' },
    namespace: 'radiology/imaging',
    caFile: '/nowhere/ca.pem',
  });
  expect(load({ ...address, WAYSTATION_VAULT_TOKEN: 'hvs.hush' }).vault).toMatchObject({ token: { text: 'hvs.hush' } });
});

it('its token is not shown to anybody else', () => {
  expect(JSON.stringify(redact(load({ ...address, WAYSTATION_VAULT_TOKEN: 'hvs.hush' })))).not.toContain('hush');
});

it.each([
  [{ ...address }, 'setting vault.tokenFile (WAYSTATION_VAULT_TOKEN_FILE) is missing: expected it or vault.token'],
  [
    { ...address, WAYSTATION_VAULT_TOKEN: 'a', WAYSTATION_VAULT_TOKEN_FILE: '/b' },
    'setting vault.tokenFile (WAYSTATION_VAULT_TOKEN_FILE) is there as vault.token is: expected one of them',
  ],
  [
    { WAYSTATION_VAULT_TOKEN: 'a' },
    'setting vault.address (WAYSTATION_VAULT_ADDRESS) is missing: expected the address that the token is for',
  ],
  [{ WAYSTATION_VAULT_ADDRESS: 'http://vault.hospital.example', WAYSTATION_VAULT_TOKEN: 'a' }, 'an `https://` URL'],
  [{ WAYSTATION_VAULT_ADDRESS: 'https://u:p@vault.example', WAYSTATION_VAULT_TOKEN: 'a' }, 'an `https://` URL'],
])('%j is refused', (env: Readonly<Record<string, string>>, sentence) => {
  expect(() => load(env)).toThrow(sentence);
});
