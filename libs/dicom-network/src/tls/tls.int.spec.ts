import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestAuthority, type TestCertificate } from '../../test/certificates.js';
import { runDcmtk, startStorescp } from '../../test/dcmtk.js';
import { closeLater, closeOpened } from '../../test/opened.js';
import { writePart10 } from '../../test/part10.js';
import { associateRequest, RawPeer, rawServer } from '../../test/raw-peer.js';
import { eventually, Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { rejection } from '../pdu/reject-pdu.js';
import { StoreScp } from '../scp/store-scp.js';
import { echo } from '../scu/echo.js';
import { sendInstances } from '../scu/send-instances.js';
import type { ClientTls } from './client-tls.js';
import type { ServerTls } from './server-tls.js';

let authority: TestAuthority;
let stranger: TestAuthority;
let server: TestCertificate;
let client: TestCertificate;
let foreign: TestCertificate;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-tls-'));
  [authority, stranger] = await Promise.all([TestAuthority.create(), TestAuthority.create()]);
  server = await authority.issue('server');
  client = await authority.issue('scanner', 'DNS:scanner.example');
  foreign = await stranger.issue('scanner');
});
afterEach(closeOpened);
afterAll(() => Promise.all([authority.remove(), stranger.remove(), rm(folder, { recursive: true })]));

const serverTls = (more: Partial<ServerTls> = {}): ServerTls => ({ ...server, ca: authority.pem, ...more });
const clientTls = (more: Partial<ClientTls> = {}): ClientTls => ({ ...client, ca: authority.pem, ...more });
const start = (more: Partial<ServerTls> = {}) => Receiver.start({}, { tls: serverTls(more) });
const peerAt = (port: number, tls: ClientTls | undefined) => ({
  host: '127.0.0.1',
  port,
  calledAeTitle: 'TARGET',
  callingAeTitle: 'WAYSTATION',
  timeoutMs: 5_000,
  tls,
});
const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });
const fingerprintOf = ({ certificate }: TestCertificate) => new X509Certificate(certificate).fingerprint256;

describe('the server over TLS', () => {
  const dcmtk = ({ certificatePath, keyPath }: TestCertificate, { port }: Receiver, ...more: readonly string[]) => [
    ...['+tls', keyPath, certificatePath, '+cf', authority.path, ...more],
    ...['-aec', 'WAYSTATION', '127.0.0.1', String(port)],
  ];

  it.each([
    ['the non-downgrading BCP 195 profile', '+py'],
    ['the BCP 195 profile', '+px'],
    ['the extended BCP 195 profile', '+pz'],
  ])('takes objects of DCMTK with %s, and knows its certificate', async (_, profile) => {
    const receiver = await start();
    const object = makeObject(syntax.explicitLittle, 524_288);
    const file = join(folder, 'object.dcm');
    await writePart10(file, object);
    const { code, output } = await runDcmtk('storescu', [...dcmtk(client, receiver, profile), file]);
    expect([code, output]).toEqual([0, '']);
    expect(receiver.received.map((one) => one.sha256)).toEqual([sha256(object.dataSet)]);
    expect(receiver.accepted[0]?.certificate).toEqual({
      subject: 'O=Test Hospital, CN=scanner',
      subjectAltName: 'DNS:scanner.example',
      fingerprint256: fingerprintOf(client),
      expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(receiver.endings.map(({ by }) => by)).toEqual(['release']);
  });

  it('lets a policy bind AE titles to certificates', async () => {
    const receiver = await Receiver.start(
      {
        associate: ({ certificate, callingAeTitle, contexts }) =>
          certificate?.fingerprint256 === fingerprintOf(client)
            ? { accept: contexts.map(({ id }) => ({ id, transferSyntax: syntax.implicitLittle })) }
            : { reject: rejection.callingAeTitleNotRecognized, because: `${callingAeTitle} has another certificate` },
      },
      { tls: serverTls() },
    );
    expect((await runDcmtk('echoscu', dcmtk(client, receiver))).code).toBe(0);
    const { code, output } = await runDcmtk('echoscu', dcmtk(server, receiver));
    expect([code, output]).not.toEqual([0, '']);
    expect(output).toContain('Calling AE Title Not Recognized');
  });

  it.each([
    ['shows none', () => [...['+tla', '+cf', authority.path]], 'the peer shows no TLS certificate'],
    [
      'shows one of another authority',
      () => ['+tls', foreign.keyPath, foreign.certificatePath, '+cf', authority.path],
      'the TLS certificate of the peer (O=Test Hospital, CN=scanner) is not valid: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ])('refuses a peer that %s', async (_, options, reason) => {
    const receiver = await start();
    const { code } = await runDcmtk('echoscu', [...options(), '127.0.0.1', String(receiver.port)]);
    expect(code).not.toBe(0);
    expect(receiver.refused).toEqual([{ address: '127.0.0.1', callingAeTitle: '', calledAeTitle: '', reason }]);
    expect(receiver.accepted).toEqual([]);
  });

  it('takes peers without a certificate where that is optional, but none with a wrong one', async () => {
    const receiver = await start({ clientCertificates: 'optional' });
    const anonymous = ['+tla', '+cf', authority.path, '127.0.0.1', String(receiver.port)];
    expect((await runDcmtk('echoscu', anonymous)).code).toBe(0);
    expect(receiver.accepted.map(({ certificate }) => certificate)).toEqual([undefined]);
    expect((await runDcmtk('echoscu', dcmtk(foreign, receiver))).code).not.toBe(0);
    expect(receiver.accepted).toHaveLength(1);
  });

  it('does not ask for a certificate where none is wanted', async () => {
    const receiver = await start({ clientCertificates: 'none' });
    expect((await runDcmtk('echoscu', dcmtk(foreign, receiver))).code).toBe(0);
    expect(receiver.accepted.map(({ certificate }) => certificate)).toEqual([undefined]);
  });

  it('refuses TLS 1.1', async () => {
    const receiver = await start();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ ...old, port: receiver.port, host: '127.0.0.1', ca: authority.pem });
    const error = await new Promise((resolve) => socket.on('error', resolve));
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    await eventually(() => receiver.refused.length === 1);
    expect(receiver.refused[0]?.reason).toBe('the TLS handshake failed: unsupported protocol');
  });

  it.each([
    ['an association request', associateRequest(), 'wrong version number'],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'http request'],
  ])('closes on a plain peer that sends %s', async (_, bytes, reason) => {
    const receiver = await start();
    const peer = await RawPeer.connect(receiver.port);
    peer.send(bytes);
    await peer.closed;
    expect(receiver.refused.map((one) => one.reason)).toEqual([`the TLS handshake failed: ${reason}`]);
    expect((await runDcmtk('echoscu', dcmtk(client, receiver))).code).toBe(0);
  });

  it('closes on a peer that does not come on with its handshake, and gives its place back', async () => {
    const limits = { maxAssociations: 1, maxAssociationsPerAddress: 1 };
    const receiver = await Receiver.start({}, { ...limits, tls: serverTls({ handshakeTimeoutMs: 200 }) });
    const peers = await Promise.all([1, 2].map(() => RawPeer.connect(receiver.port)));
    peers[0]?.send(Buffer.from('1603010200010001fc0303', 'hex'));
    await Promise.all(peers.map((peer) => peer.closed));
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(
      [1, 2].map(() => 'the TLS handshake failed: TLS handshake timeout'),
    );
    expect((await runDcmtk('echoscu', dcmtk(client, receiver))).code).toBe(0);
  });

  it('does not wait for handshakes when it is closed', async () => {
    const receiver = await start();
    const peer = await RawPeer.connect(receiver.port);
    await sleep(50);
    await Promise.all([receiver.close(60_000), peer.closed]);
  });

  it.each([
    ['a key of another certificate', () => serverTls({ key: client.key })],
    ['no PEM', () => serverTls({ certificate: 'nonsense' })],
  ])('does not begin with %s', async (_, tls) => {
    const handlers = { associate: () => expect.fail(), store: () => expect.fail(), ended: () => undefined };
    const listening = StoreScp.listen({ host: '127.0.0.1', port: 0, handlers, tls: tls() });
    await expect(listening).rejects.toEqual(coded('tls-invalid'));
  });
});

describe('a caller over TLS', () => {
  it('sends to DCMTK, which wants a certificate', async () => {
    const received = await mkdtemp(join(folder, 'storescp-'));
    const { keyPath, certificatePath } = server;
    const storescp = await startStorescp(received, ['+tls', keyPath, certificatePath, '+cf', authority.path]);
    try {
      const { dataSet, ...object } = makeObject(syntax.explicitLittle, 524_288);
      const instance = { ...object, open: () => Promise.resolve(Readable.from([dataSet])) };
      const summary = await sendInstances(peerAt(storescp.port, clientTls()), [instance], () => undefined);
      expect(summary).toEqual({ associations: 1, stored: 1, refused: 0 });
      expect(await readdir(received)).toHaveLength(1);
      await expect(echo(peerAt(storescp.port, { ca: authority.pem }))).rejects.toEqual(coded('tls-refused'));
    } finally {
      await storescp.stop();
    }
  });

  it('is content with the chain, or with the one certificate it was told, where the name does not fit', async () => {
    const receiver = await start();
    const peer = (tls: Partial<ClientTls>) => peerAt(receiver.port, clientTls({ serverName: 'pacs.example', ...tls }));
    await expect(echo(peer({}))).rejects.toEqual(coded('tls-wrong-name'));
    expect(await echo(peer({ verify: 'chain' }))).toMatchObject({ status: 0 });
    expect(await echo(peer({ verify: 'chain', fingerprint256: fingerprintOf(server) }))).toMatchObject({ status: 0 });
    const pinned = peer({ verify: 'chain', fingerprint256: fingerprintOf(client) });
    await expect(echo(pinned)).rejects.toEqual(coded('tls-untrusted'));
  });

  it('does not trust an authority that it does not know, unless it is told not to look', async () => {
    const receiver = await start();
    const untrusting = peerAt(receiver.port, clientTls({ ca: stranger.pem }));
    await expect(echo(untrusting)).rejects.toEqual(coded('tls-untrusted'));
    expect(receiver.accepted).toEqual([]);
    expect(await echo(peerAt(receiver.port, clientTls({ verify: 'none' })))).toMatchObject({ status: 0 });
  });

  it('says that the peer does not speak TLS, or a TLS that is too old', async () => {
    const plain = await Receiver.start();
    await expect(echo(peerAt(plain.port, clientTls()))).rejects.toEqual(coded('tls-not-spoken'));
    expect(plain.refused[0]?.reason).toContain('that is how TLS speaks');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const oldServer = createTlsServer({ ...old, cert: server.certificate, key: server.key });
    closeLater(() => oldServer.close());
    const port = await listen(oldServer);
    await expect(echo(peerAt(port, clientTls()))).rejects.toEqual(coded('tls-refused'));
  });

  it('says that a peer on a TLS port was called without TLS', async () => {
    const receiver = await start();
    await expect(echo(peerAt(receiver.port, undefined))).rejects.toMatchObject({
      code: expect.stringMatching(/unrecognized-pdu|connection-lost/),
    });
  });

  it('does not wait for ever for a handshake', async () => {
    const port = await rawServer(() => undefined);
    await expect(echo(peerAt(port, clientTls({ handshakeTimeoutMs: 200 })))).rejects.toEqual(coded('tls-timeout'));
  });

  it('says that the peer closed inside the handshake', async () => {
    const port = await rawServer((peer) => void peer.socket.end());
    await expect(echo(peerAt(port, clientTls()))).rejects.toEqual(coded('tls-refused'));
  });

  it('does not call with a certificate that has no key', async () => {
    const { certificate } = client;
    await expect(echo(peerAt(1, { certificate }))).rejects.toEqual(coded('tls-invalid'));
  });

  it('says what broke the TLS of an association', async () => {
    const receiver = await start();
    const port = await spoilingProxy(receiver.port);
    const { dataSet, ...object } = makeObject(syntax.explicitLittle, 1_048_576);
    const instance = { ...object, open: () => Promise.resolve(Readable.from([dataSet])) };
    await expect(sendInstances(peerAt(port, clientTls()), [instance], () => undefined)).rejects.toMatchObject({
      code: expect.stringMatching(/tls-refused|connection-lost/),
      details: { unanswered: [object.sopInstanceUid] },
    });
    await eventually(() => receiver.endings.length === 1);
    expect([receiver.received, receiver.endings[0]?.by]).toEqual([[], 'network']);
  });
});

const listen = (listening: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) => {
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** Hands everything on, but changes a byte once much has gone to the server. */
const spoilingProxy = (to: number): Promise<number> => {
  const proxy = createServer((near) => {
    const far = connectTcp(to, '127.0.0.1');
    let seen = 0;
    near.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      const spoiled = Buffer.from(chunk);
      if (seen > 300_000) spoiled.writeUInt8(spoiled.readUInt8(chunk.length >> 1) ^ 1, chunk.length >> 1);
      far.write(spoiled);
    });
    far.pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  closeLater(() => proxy.close());
  return listen(proxy);
};
