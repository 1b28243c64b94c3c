import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of the keys under which the keys of patients are wrapped. */
export const identityTable = {
  identityKeyFile: setting('identity.keyFile', 'IDENTITY_KEY_FILE', kind.path, {
    doc: 'File with the key that wraps the keys of patients: 32 bytes in base64 or hexadecimal. Without it nobody can tell who the patients are. Needed where the database is not embedded, by all services; by dispatch only where notifications name patients.',
    otherwise: '`identity.key` in the data folder, made at the first start, where the database is embedded',
  }),
  identityKey: setting('identity.key', 'IDENTITY_KEY', kind.token, {
    doc: 'That key itself, instead of the file.',
    otherwise: 'none',
    secret: 'value',
  }),
  previousIdentityKeyFile: setting('identity.previousKeyFile', 'IDENTITY_PREVIOUS_KEY_FILE', kind.path, {
    doc: 'File with the key before it, until `waystation rotate-identity-key` is done.',
    otherwise: 'none',
  }),
  previousIdentityKey: setting('identity.previousKey', 'IDENTITY_PREVIOUS_KEY', kind.token, {
    doc: 'The key before it, instead of the file.',
    otherwise: 'none',
    secret: 'value',
  }),
} as const;
