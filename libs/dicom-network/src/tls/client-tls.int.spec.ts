import { mkdtemp, readdir } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStorescp } from '../../test/dcmtk.js';
import { closeLater, closeOpened } from '../../test/opened.js';
import { rawServer } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { peerAt, sendable } from '../../test/sending.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { fingerprintOf, TlsPeers } from '../../test/tls-peers.js';
import { echo } from '../scu/echo.js';
import { sendInstances } from '../scu/send-instances.js';
import type { ClientTls } from './client-tls.js';

let peers: TlsPeers;
beforeAll(async () => {
  peers = await TlsPeers.create();
});
afterEach(closeOpened);
afterAll(() => peers.remove());

const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });

describe('a caller over TLS', () => {
  it('sends to DCMTK, which wants a certificate', async () => {
    const received = await mkdtemp(join(peers.folder, 'storescp-'));
    const { keyPath, certificatePath } = peers.server;
    const storescp = await startStorescp(received, ['+tls', keyPath, certificatePath, '+cf', peers.authority.path]);
    try {
      const instance = sendable(makeObject(syntax.explicitLittle, 524_288));
      const summary = await sendInstances(
        peerAt(storescp.port, { tls: peers.clientTls() }),
        [instance],
        () => undefined,
      );
      expect(summary).toEqual({ associations: 1, stored: 1, refused: 0 });
      expect(await readdir(received)).toHaveLength(1);
      await expect(echo(peerAt(storescp.port, { tls: { ca: peers.authority.pem } }))).rejects.toEqual(
        coded('tls-refused'),
      );
    } finally {
      await storescp.stop();
    }
  });

  it('is content with the chain, or with the one certificate it was told, where the name does not fit', async () => {
    const receiver = await peers.receive();
    const peer = (tls: Partial<ClientTls>) =>
      peerAt(receiver.port, { tls: peers.clientTls({ serverName: 'pacs.example', ...tls }) });
    await expect(echo(peer({}))).rejects.toEqual(coded('tls-wrong-name'));
    expect(await echo(peer({ verify: 'chain' }))).toMatchObject({ status: 0 });
    expect(await echo(peer({ verify: 'chain', fingerprint256: fingerprintOf(peers.server) }))).toMatchObject({
      status: 0,
    });
    const pinned = peer({ verify: 'chain', fingerprint256: fingerprintOf(peers.client) });
    await expect(echo(pinned)).rejects.toEqual(coded('tls-untrusted'));
  });

  it('does not trust an authority that it does not know, unless it is told not to look', async () => {
    const receiver = await peers.receive();
    const untrusting = peerAt(receiver.port, { tls: peers.clientTls({ ca: peers.stranger.pem }) });
    await expect(echo(untrusting)).rejects.toEqual(coded('tls-untrusted'));
    expect(receiver.accepted).toEqual([]);
    expect(await echo(peerAt(receiver.port, { tls: peers.clientTls({ verify: 'none' }) }))).toMatchObject({
      status: 0,
    });
  });

  it('says that the peer does not speak TLS, or a TLS that is too old', async () => {
    const plain = await Receiver.start();
    await expect(echo(peerAt(plain.port, { tls: peers.clientTls() }))).rejects.toEqual(coded('tls-not-spoken'));
    expect(plain.refused[0]?.reason).toContain('that is how TLS speaks');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const oldServer = createTlsServer({ ...old, cert: peers.server.certificate, key: peers.server.key });
    closeLater(() => oldServer.close());
    const port = await listen(oldServer);
    await expect(echo(peerAt(port, { tls: peers.clientTls() }))).rejects.toEqual(coded('tls-refused'));
  });

  it('says that a peer on a TLS port was called without TLS', async () => {
    const receiver = await peers.receive();
    await expect(echo(peerAt(receiver.port, { tls: undefined }))).rejects.toMatchObject({
      code: expect.stringMatching(/unrecognized-pdu|connection-lost/),
    });
  });

  it('does not wait for ever for a handshake', async () => {
    const port = await rawServer(() => undefined);
    await expect(echo(peerAt(port, { tls: peers.clientTls({ handshakeTimeoutMs: 200 }) }))).rejects.toEqual(
      coded('tls-timeout'),
    );
  });

  it('says that the peer closed inside the handshake', async () => {
    const port = await rawServer((peer) => void peer.socket.end());
    await expect(echo(peerAt(port, { tls: peers.clientTls() }))).rejects.toEqual(coded('tls-refused'));
  });

  it('does not call with a certificate that has no key', async () => {
    const { certificate } = peers.client;
    await expect(echo(peerAt(1, { tls: { certificate } }))).rejects.toEqual(coded('tls-invalid'));
  });

  it('says what broke the TLS of an association', async () => {
    const receiver = await peers.receive();
    const port = await spoilingProxy(receiver.port);
    const instance = sendable(makeObject(syntax.explicitLittle, 1_048_576));
    await expect(
      sendInstances(peerAt(port, { tls: peers.clientTls() }), [instance], () => undefined),
    ).rejects.toMatchObject({
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
