import { expect, it } from 'vitest';
import { settingsFolder } from '../test/settings-folder.js';

const { load, refusal } = settingsFolder();

it('takes WAYSTATION_BIND for both hosts, over those of the file and under those of the environment', () => {
  const env = { WAYSTATION_BIND: '0.0.0.0', WAYSTATION_HTTP_HOST: '127.0.0.2' };
  const { dicom, http } = load(env, { dicom: { host: '10.0.0.1' }, http: { host: '10.0.0.2' } });
  expect([dicom.host, http.host]).toEqual(['0.0.0.0', '127.0.0.2']);
  expect(load({}, { bind: '127.0.0.3' }).http.host).toBe('127.0.0.3');
});

it.each(['0.0.0.0', '::', '10.1.2.3', 'waystation.local', '128.0.0.1'])(
  'needs a token to listen for HTTP on %s',
  (host) => {
    expect(refusal({ WAYSTATION_HTTP_HOST: host })).toMatchObject({ code: 'settings.token-needed' });
    expect(refusal({ WAYSTATION_BIND: host })).toMatchObject({ code: 'settings.token-needed' });
    expect(load({ WAYSTATION_HTTP_HOST: host, WAYSTATION_API_TOKEN: 'secret' }).http.host).toBe(host);
  },
);

it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('needs no token to listen for HTTP on %s', (host) => {
  expect(load({ WAYSTATION_HTTP_HOST: host }).http.host).toBe(host);
});
