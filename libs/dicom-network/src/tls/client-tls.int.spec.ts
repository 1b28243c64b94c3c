import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStorescp } from '../../test/dcmtk.js';
import { closeLater, closeOpened } from '../../test/opened.js';
import { rawServer } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { peerAt, sendable } from '../../test/sending.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { echo } from '../scu/echo.js';
import { sendInstances } from '../scu/send-instances.js';
import type { ClientTls } from './client-tls.js';
import type { ServerTls } from './server-tls.js';

let authority: TestAuthority;
let stranger: TestAuthority;
let server: TestCertificate;
let client: TestCertificate;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-tls-'));
  [authority, stranger] = await Promise.all([TestAuthority.create(), TestAuthority.create()]);
  server = await authority.issue('server');
  client = await authority.issue('scanner', 'DNS:scanner.example');
});
afterEach(closeOpened);
afterAll(() => Promise.all([authority.remove(), stranger.remove(), rm(folder, { recursive: true })]));

const serverTls = (more: Partial<ServerTls> = {}): ServerTls => ({ ...server, ca: authority.pem, ...more });
const start = (more: Partial<ServerTls> = {}) => Receiver.start({}, { tls: serverTls(more) });
const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });
const fingerprintOf = ({ certificate }: TestCertificate) => new X509Certificate(certificate).fingerprint256;
const clientTls = (more: Partial<ClientTls> = {}): ClientTls => ({ ...client, ca: authority.pem, ...more });

describe('a caller over TLS', () => {
  it('sends to DCMTK, which wants a certificate', async () => {
    const received = await mkdtemp(join(folder, 'storescp-'));
    const { keyPath, certificatePath } = server;
    const storescp = await startStorescp(received, ['+tls', keyPath, certificatePath, '+cf', authority.path]);
    try {
      const instance = sendable(makeObject(syntax.explicitLittle, 524_288));
      const summary = await sendInstances(peerAt(storescp.port, { tls: clientTls() }), [instance], () => undefined);
      expect(summary).toEqual({ associations: 1, stored: 1, refused: 0 });
      expect(await readdir(received)).toHaveLength(1);
      await expect(echo(peerAt(storescp.port, { tls: { ca: authority.pem } }))).rejects.toEqual(coded('tls-refused'));
    } finally {
      await storescp.stop();
    }
  });

  it('is content with the chain, or with the one certificate it was told, where the name does not fit', async () => {
    const receiver = await start();
    const peer = (tls: Partial<ClientTls>) =>
      peerAt(receiver.port, { tls: clientTls({ serverName: 'pacs.example', ...tls }) });
    await expect(echo(peer({}))).rejects.toEqual(coded('tls-wrong-name'));
    expect(await echo(peer({ verify: 'chain' }))).toMatchObject({ status: 0 });
    expect(await echo(peer({ verify: 'chain', fingerprint256: fingerprintOf(server) }))).toMatchObject({ status: 0 });
    const pinned = peer({ verify: 'chain', fingerprint256: fingerprintOf(client) });
    await expect(echo(pinned)).rejects.toEqual(coded('tls-untrusted'));
  });

  it('does not trust an authority that it does not know, unless it is told not to look', async () => {
    const receiver = await start();
    const untrusting = peerAt(receiver.port, { tls: clientTls({ ca: stranger.pem }) });
    await expect(echo(untrusting)).rejects.toEqual(coded('tls-untrusted'));
    expect(receiver.accepted).toEqual([]);
    expect(await echo(peerAt(receiver.port, { tls: clientTls({ verify: 'none' }) }))).toMatchObject({ status: 0 });
  });

  it('says that the peer does not speak TLS, or a TLS that is too old', async () => {
    const plain = await Receiver.start();
    await expect(echo(peerAt(plain.port, { tls: clientTls() }))).rejects.toEqual(coded('tls-not-spoken'));
    expect(plain.refused[0]?.reason).toContain('that is how TLS speaks');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const oldServer = createTlsServer({ ...old, cert: server.certificate, key: server.key });
    closeLater(() => oldServer.close());
    const port = await listen(oldServer);
    await expect(echo(peerAt(port, { tls: clientTls() }))).rejects.toEqual(coded('tls-refused'));
  });

  it('says that a peer on a TLS port was called without TLS', async () => {
    const receiver = await start();
    await expect(echo(peerAt(receiver.port, { tls: undefined }))).rejects.toMatchObject({
      code: expect.stringMatching(/unrecognized-pdu|connection-lost/),
    });
  });

  it('does not wait for ever for a handshake', async () => {
    const port = await rawServer(() => undefined);
    await expect(echo(peerAt(port, { tls: clientTls({ handshakeTimeoutMs: 200 }) }))).rejects.toEqual(
      coded('tls-timeout'),
    );
  });

  it('says that the peer closed inside the handshake', async () => {
    const port = await rawServer((peer) => void peer.socket.end());
    await expect(echo(peerAt(port, { tls: clientTls() }))).rejects.toEqual(coded('tls-refused'));
  });

  it('does not call with a certificate that has no key', async () => {
    const { certificate } = client;
    await expect(echo(peerAt(1, { tls: { certificate } }))).rejects.toEqual(coded('tls-invalid'));
  });

  it('says what broke the TLS of an association', async () => {
    const receiver = await start();
    const port = await spoilingProxy(receiver.port);
    const instance = sendable(makeObject(syntax.explicitLittle, 1_048_576));
    await expect(sendInstances(peerAt(port, { tls: clientTls() }), [instance], () => undefined)).rejects.toMatchObject({
      code: expect.stringMatching(/tls-refused|connection-lost/),
      details: { unanswered: [instance.sopInstanceUid] },
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
