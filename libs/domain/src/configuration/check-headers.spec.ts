import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from './check-configuration.js';

const channel = { name: 'chat', kind: 'webhook', url: 'https://chat.example/hook' };
const pathsOf = (changes: object) =>
  checkConfiguration(ConfigurationDocument.parse({ notificationChannels: [{ ...channel, ...changes }] }), []).map(
    ({ severity, path }) => `${severity} ${path}`,
  );

describe('a channel that would fail when it tells somebody', () => {
  it.each([
    ['X-Room', 'a\r\nHost: b'],
    ['X-Room', 'Zürich'],
  ])('is refused for a header that no request can carry: %s: %s', (header, value) => {
    expect(pathsOf({ headers: { [header]: value } })).toEqual([`error notificationChannels.chat.headers.${header}`]);
  });

  it('is refused for such a content type', () => {
    expect(pathsOf({ contentType: 'text/plain\n' })).toEqual(['error notificationChannels.chat.contentType']);
  });

  it.each([
    { environment: 'WAYSTATION_IDENTITY_KEY' },
    { vault: '../sys/raw#x' },
    { vault: 'secret/../sys#x' },
    { vault: 'secret/data/.#x' },
    { vault: 'secret//data#x' },
    { vault: '/secret/data#x' },
  ])('is refused for a secret that nobody would look up: %o', (bearerToken) => {
    expect(pathsOf({ bearerToken })).toEqual(['error notificationChannels.chat.bearerToken']);
  });

  it.each([{ environment: 'CHAT_TOKEN' }, { vault: 'secret/data/.hidden/a..b#x' }, { file: '/run/secrets/chat' }])(
    'is taken with one that is somewhere: %o',
    (bearerToken) => {
      expect(pathsOf({ bearerToken, headers: { 'X-Room': 'floor 2' } })).toEqual([]);
    },
  );
});
