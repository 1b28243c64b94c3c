import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { TestCertificate } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runDcmtk } from '../../test/dcmtk.js';
import { closeOpened } from '../../test/opened.js';
import { writePart10 } from '../../test/part10.js';
import { associateRequest, RawPeer } from '../../test/raw-peer.js';
import { eventually, Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { fingerprintOf, TlsPeers } from '../../test/tls-peers.js';
import { rejection } from '../pdu/reject-pdu.js';
import { StoreScp } from '../scp/store-scp.js';

let peers: TlsPeers;
beforeAll(async () => {
  peers = await TlsPeers.create();
});
afterEach(closeOpened);
afterAll(() => peers.remove());

const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });

describe('the server over TLS', () => {
  const dcmtk = ({ certificatePath, keyPath }: TestCertificate, { port }: Receiver, ...more: readonly string[]) => [
    ...['+tls', keyPath, certificatePath, '+cf', peers.authority.path, ...more],
    ...['-aec', 'WAYSTATION', '127.0.0.1', String(port)],
  ];

  it.each([
    ['the non-downgrading BCP 195 profile', '+py'],
    ['the BCP 195 profile', '+px'],
    ['the extended BCP 195 profile', '+pz'],
  ])('takes objects of DCMTK with %s, and knows its certificate', async (_, profile) => {
    const receiver = await peers.receive();
    const object = makeObject(syntax.explicitLittle, 524_288);
    const file = join(peers.folder, 'object.dcm');
    await writePart10(file, object);
    const { code, output } = await runDcmtk('storescu', [...dcmtk(peers.client, receiver, profile), file]);
    expect([code, output]).toEqual([0, '']);
    expect(receiver.received.map((one) => one.sha256)).toEqual([sha256(object.dataSet)]);
    expect(receiver.accepted[0]?.certificate).toEqual({
      subject: 'O=Test Hospital, CN=scanner',
      commonName: 'scanner',
      subjectAltName: 'DNS:scanner.example',
      fingerprint256: fingerprintOf(peers.client),
      expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(receiver.accepted[0]?.tls).toEqual({
      version: expect.stringMatching(/^TLSv1\.[23]$/),
      cipher: expect.stringMatching(/^TLS_.*_(GCM|POLY1305)_SHA\d+$/),
    });
    expect(receiver.endings.map(({ by }) => by)).toEqual(['release']);
  });

  it('lets a policy bind AE titles to certificates', async () => {
    const receiver = await Receiver.start(
      {
        associate: ({ certificate, callingAeTitle, contexts }) =>
          certificate?.fingerprint256 === fingerprintOf(peers.client)
            ? { accept: contexts.map(({ id }) => ({ id, transferSyntax: syntax.implicitLittle })) }
            : { reject: rejection.callingAeTitleNotRecognized, because: `${callingAeTitle} has another certificate` },
      },
      { tls: peers.serverTls() },
    );
    expect((await runDcmtk('echoscu', dcmtk(peers.client, receiver))).code).toBe(0);
    const { code, output } = await runDcmtk('echoscu', dcmtk(peers.server, receiver));
    expect([code, output]).not.toEqual([0, '']);
    expect(output).toContain('Calling AE Title Not Recognized');
    expect(receiver.refused).toMatchObject([{ tls: { version: 'TLSv1.3' }, certificate: { commonName: 'server' } }]);
  });

  it.each([
    ['shows none', () => [...['+tla', '+cf', peers.authority.path]], 'the peer shows no TLS certificate'],
    [
      'shows one of another authority',
      () => ['+tls', peers.foreign.keyPath, peers.foreign.certificatePath, '+cf', peers.authority.path],
      'the TLS certificate of the peer (O=Test Hospital, CN=scanner) is not valid: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ])('refuses a peer that %s', async (_, options, reason) => {
    const receiver = await peers.receive();
    const { code } = await runDcmtk('echoscu', [...options(), '127.0.0.1', String(receiver.port)]);
    expect(code).not.toBe(0);
    expect(receiver.refused).toEqual([{ address: '127.0.0.1', callingAeTitle: '', calledAeTitle: '', reason }]);
    expect(receiver.accepted).toEqual([]);
  });

  it('takes peers without a certificate where that is optional, but none with a wrong one', async () => {
    const receiver = await peers.receive({ clientCertificates: 'optional' });
    const anonymous = ['+tla', '+cf', peers.authority.path, '127.0.0.1', String(receiver.port)];
    expect((await runDcmtk('echoscu', anonymous)).code).toBe(0);
    expect(receiver.accepted.map(({ certificate }) => certificate)).toEqual([undefined]);
    expect((await runDcmtk('echoscu', dcmtk(peers.foreign, receiver))).code).not.toBe(0);
    expect(receiver.accepted).toHaveLength(1);
  });

  it('does not ask for a certificate where none is wanted', async () => {
    const receiver = await peers.receive({ clientCertificates: 'none' });
    expect((await runDcmtk('echoscu', dcmtk(peers.foreign, receiver))).code).toBe(0);
    expect(receiver.accepted.map(({ certificate }) => certificate)).toEqual([undefined]);
  });

  it('refuses TLS 1.1', async () => {
    const receiver = await peers.receive();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ ...old, port: receiver.port, host: '127.0.0.1', ca: peers.authority.pem });
    const error = await new Promise((resolve) => socket.on('error', resolve));
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    await eventually(() => receiver.refused.length === 1);
    expect(receiver.refused[0]?.reason).toBe('the TLS handshake failed: unsupported protocol');
  });

  it.each([
    ['an association request', associateRequest(), 'wrong version number'],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'http request'],
  ])('closes on a plain peer that sends %s', async (_, bytes, reason) => {
    const receiver = await peers.receive();
    const peer = await RawPeer.connect(receiver.port);
    peer.send(bytes);
    await peer.closed;
    expect(receiver.refused.map((one) => one.reason)).toEqual([`the TLS handshake failed: ${reason}`]);
    expect((await runDcmtk('echoscu', dcmtk(peers.client, receiver))).code).toBe(0);
  });

  it('closes on a peer that does not come on with its handshake, and gives its place back', async () => {
    const limits = { maxAssociations: 1, maxAssociationsPerAddress: 1 };
    const receiver = await Receiver.start({}, { ...limits, tls: peers.serverTls({ handshakeTimeoutMs: 200 }) });
    const silent = await Promise.all([1, 2].map(() => RawPeer.connect(receiver.port)));
    silent[0]?.send(Buffer.from('1603010200010001fc0303', 'hex'));
    await Promise.all(silent.map((peer) => peer.closed));
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(
      [1, 2].map(() => 'the TLS handshake failed: TLS handshake timeout'),
    );
    expect((await runDcmtk('echoscu', dcmtk(peers.client, receiver))).code).toBe(0);
  });

  it('does not wait for handshakes when it is closed', async () => {
    const receiver = await peers.receive();
    const peer = await RawPeer.connect(receiver.port);
    await sleep(50);
    await Promise.all([receiver.close(60_000), peer.closed]);
  });

  it.each([
    ['a key of another certificate', () => peers.serverTls({ key: peers.client.key })],
    ['no PEM', () => peers.serverTls({ certificate: 'nonsense' })],
  ])('does not begin with %s', async (_, tls) => {
    const handlers = { associate: () => expect.fail(), store: () => expect.fail(), ended: () => undefined };
    const listening = StoreScp.listen({ host: '127.0.0.1', port: 0, handlers, tls: tls() });
    await expect(listening).rejects.toEqual(coded('tls-invalid'));
  });
});
