import { describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';

const load = (dicom: Readonly<Record<string, string>>) =>
  loadSettings({
    env: Object.fromEntries(Object.entries(dicom).map(([name, value]) => [`WAYSTATION_DICOM_${name}`, value])),
    folder: '/nowhere',
  }).dicom;
const tls = {
  TLS_PORT: '2762',
  TLS_CERTIFICATE_FILE: 'own.pem',
  TLS_KEY_FILE: 'own.key',
  TLS_CA_FILE: 'ca.pem',
};
const without = (name: keyof typeof tls) => Object.fromEntries(Object.entries(tls).filter(([other]) => other !== name));
const refusal = (dicom: Readonly<Record<string, string>>): unknown => {
  try {
    load(dicom);
  } catch (error) {
    return error;
  }
  return undefined;
};
const named = (key: string) => expect.objectContaining({ details: { problems: [expect.objectContaining({ key })] } });

describe('settings of the receiver', () => {
  it('let it listen over TLS beside the plain port or instead of it, and ask callers for a certificate', () => {
    expect(load(tls)).toMatchObject({ port: 11_112, tls: { port: 2762, clientCertificates: 'require' } });
    expect(load({ ...tls, PORT: 'none' })).toMatchObject({ port: undefined, tls: { port: 2762 } });
    expect(load({}).tls).toBeUndefined();
  });

  it('let it listen on any two ports that are free', () => {
    expect(load({ ...tls, PORT: '0', TLS_PORT: '0' })).toMatchObject({ port: 0, tls: { port: 0 } });
  });

  it.each([
    ['certificateFile', 'TLS_CERTIFICATE_FILE'],
    ['keyFile', 'TLS_KEY_FILE'],
    ['caFile', 'TLS_CA_FILE'],
  ] as const)('need dicom.tls.%s where there is a port for TLS', (key, name) => {
    expect(refusal(without(name))).toEqual(named(`dicom.tls.${key}`));
    expect(refusal(without(name))).toMatchObject({ message: expect.stringContaining('dicom.tls.port needs it') });
  });

  it('need no authorities where callers are asked for no certificate', () => {
    expect(load({ ...without('TLS_CA_FILE'), TLS_CLIENT_CERTIFICATES: 'none' }).tls?.caFile).toBeUndefined();
    expect(refusal({ ...without('TLS_CA_FILE'), TLS_CLIENT_CERTIFICATES: 'request' })).toEqual(
      named('dicom.tls.caFile'),
    );
  });

  it('do not promise TLS without a port', () => {
    expect(refusal(without('TLS_PORT'))).toEqual(named('dicom.tls.port'));
  });

  it('are refused where nothing could be received, or two ports are one', () => {
    expect(refusal({ PORT: 'none' })).toEqual(named('dicom.port'));
    expect(refusal({ ...tls, PORT: '2762' })).toEqual(named('dicom.tls.port'));
  });
});
