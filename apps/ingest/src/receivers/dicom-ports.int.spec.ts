import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { loadSettings, type DicomSettings } from '@waystation/configuration';
import { echo, negotiate, sendInstances, type StoreScpHandlers } from '@waystation/dicom-network';
import { syntheticInstance, TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DicomPorts } from './dicom-ports.js';

let authority: TestAuthority;
let own: TestCertificate;
const open: DicomPorts[] = [];
beforeAll(async () => {
  authority = await TestAuthority.create();
  own = await authority.issue('own');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((ports) => ports.close(0)));
  accepted.length = 0;
  refused.length = 0;
});
afterAll(() => authority.remove());

const accepted: string[] = [];
const refused: string[] = [];
const handlers: StoreScpHandlers = {
  associate: ({ contexts }) => ({ accept: negotiate(contexts, (_, [first]) => first) }),
  accepted: ({ callingAeTitle }) => accepted.push(callingAeTitle),
  refused: ({ reason }) => refused.push(reason),
  store: async (_, { data }) => {
    for await (const chunk of data) expect(chunk.length).toBeGreaterThan(0);
    return { status: 0 };
  },
  ended: () => undefined,
};
const settings = (more: Readonly<Record<string, string>> = {}): DicomSettings => {
  const tls = {
    WAYSTATION_DICOM_TLS_PORT: '0',
    WAYSTATION_DICOM_TLS_CERTIFICATE_FILE: own.certificatePath,
    WAYSTATION_DICOM_TLS_KEY_FILE: own.keyPath,
    WAYSTATION_DICOM_TLS_CA_FILE: authority.path,
  };
  return loadSettings({ env: { WAYSTATION_DICOM_PORT: '0', ...tls, ...more }, folder: '/nowhere' }).dicom;
};
const listen = async (dicom: DicomSettings): Promise<DicomPorts> => {
  const ports = await DicomPorts.listen(dicom, handlers);
  open.push(ports);
  return ports;
};
const peerAt = (port: number | undefined) => ({
  host: '127.0.0.1',
  port: port ?? 0,
  calledAeTitle: 'WAYSTATION',
  callingAeTitle: 'SCANNER',
});
const tls = () => ({ ca: authority.pem, certificate: own.certificate, key: own.key });

describe('the ports of a receiver', () => {
  it('answer plain and over TLS', async () => {
    const { port, tlsPort } = await listen(settings());
    expect(await echo(peerAt(port))).toMatchObject({ status: 0, maximumLength: 131_072 });
    expect(await echo({ ...peerAt(tlsPort), tls: tls() })).toMatchObject({ status: 0 });
  });

  it('may be the one over TLS alone', async () => {
    const { port, tlsPort } = await listen(settings({ WAYSTATION_DICOM_PORT: 'none' }));
    expect(port).toBeUndefined();
    expect(await echo({ ...peerAt(tlsPort), tls: tls() })).toMatchObject({ status: 0 });
    await expect(echo(peerAt(tlsPort))).rejects.toThrow();
  });

  it('announce the length of PDUs that the settings say', async () => {
    const { port } = await listen(settings({ WAYSTATION_MAXIMUM_PDU_LENGTH: '1048576' }));
    expect(await echo(peerAt(port))).toMatchObject({ maximumLength: 1_048_576 });
  });

  it('take no object that is larger than the settings say', async () => {
    const { port } = await listen(settings({ WAYSTATION_MAX_OBJECT_BYTES: '1024' }));
    const statuses: number[] = [];
    for (const bytes of [1024, 1026]) {
      const instance = { ...syntheticInstance(), open: async () => Readable.from([Buffer.alloc(bytes)]) };
      await sendInstances(peerAt(port), [instance], ({ status }) => void statuses.push(status));
    }
    expect(statuses).toEqual([0, 0xa700]);
  });

  it('count the associations of a caller together', async () => {
    const { port, tlsPort } = await listen(settings({ WAYSTATION_MAX_ASSOCIATIONS_PER_CALLER: '1' }));
    const stalling = new PassThrough();
    const instance = { ...syntheticInstance(), open: () => Promise.resolve(stalling) };
    const held = sendInstances(peerAt(port), [instance], () => undefined);
    while (accepted.length === 0) await setTimeout(5);
    const second = echo({ ...peerAt(tlsPort), tls: tls() });
    await expect(second).rejects.toMatchObject({ message: expect.stringContaining('local limit exceeded') as string });
    expect(await echo({ ...peerAt(tlsPort), tls: tls(), callingAeTitle: 'OTHER' })).toMatchObject({ status: 0 });
    stalling.end(Buffer.alloc(16));
    await held;
  });

  it('let go of a caller that says nothing', async () => {
    const { port = 0 } = await listen(settings({ WAYSTATION_ARTIM_SECONDS: '0.2' }));
    const silent = connect(port, '127.0.0.1').resume();
    await once(silent, 'close');
    while (refused.length === 0) await setTimeout(5);
    expect(refused).toEqual(['no association request within 200 ms']);
  });

  it('are closed again where one of them cannot be opened, and the setting that chooses it is named', async () => {
    const { tlsPort } = await listen(settings());
    const taken = settings({ WAYSTATION_DICOM_TLS_PORT: String(tlsPort) });
    await expect(DicomPorts.listen(taken, handlers)).rejects.toMatchObject({
      code: 'ingest.port-taken',
      message: expect.stringContaining('WAYSTATION_DICOM_TLS_PORT') as string,
    });
  });

  it('are not opened with a key that does not fit', async () => {
    const wrong = settings({ WAYSTATION_DICOM_TLS_KEY_FILE: authority.path });
    await expect(DicomPorts.listen(wrong, handlers)).rejects.toMatchObject({ code: 'ingest.tls-unusable' });
  });
});
