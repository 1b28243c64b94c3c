import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { messageOf } from '@waystation/kernel';
import { checkCredentials, credentialOptions } from '../tls/credentials.js';
import { peerCertificate } from '../tls/peer-certificate.js';
import type { ServerTls } from '../tls/server-tls.js';
import { tlsReason } from '../tls/tls-failure.js';
import { tlsProfile } from '../tls/tls-profile.js';
import { tlsSession } from '../tls/tls-session.js';
import type { Origin } from './origin.js';

/** Who is told of connections. */
export interface Doorkeeper {
  /** A connection came. False turns it away. */
  arrived(socket: Socket, address: string): boolean;
  /** The connection can be talked over: with TLS, the handshake is done and the certificate is as it has to be. */
  entered(socket: Socket, origin: Origin): void;
  /** A handshake failed; its connection is closed. */
  refused(address: string, reason: string): void;
}

/** A server and what it needs besides to be closed. */
export interface OpenPort {
  readonly server: Server;
  /** Ends handshakes that are not done. */
  dropUnfinished(): void;
}

/**
 * Half open: a peer that has said all it has to say still gets its answers. Kept alive: a peer that went away without a
 * word, its plug pulled, is noticed within a minute even where nobody waits for it.
 */
const SOCKET_OPTIONS = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };
const HANDSHAKE_MS = 10_000;

const addressOf = ({ remoteAddress }: Socket): string | undefined => remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '');

/** A connection that is gone before it could be looked at has no address. */
const turnAway = (socket: Socket): void => void socket.on('error', () => undefined).destroy();

/**
 * Makes the server of a port, plain or TLS. It does not listen yet.
 * @throws CodedError `dicom-network.tls-invalid`
 */
export const openPort = (tls: ServerTls | undefined, keeper: Doorkeeper): OpenPort =>
  tls === undefined ? openPlainPort(keeper) : openTlsPort(tls, keeper);

const openPlainPort = (keeper: Doorkeeper): OpenPort => {
  const server = createServer(SOCKET_OPTIONS, (socket) => {
    const address = addressOf(socket);
    if (address === undefined || !keeper.arrived(socket, address)) turnAway(socket);
    else keeper.entered(socket, { address });
  });
  return { server, dropUnfinished: () => undefined };
};

const openTlsPort = (tls: ServerTls, keeper: Doorkeeper): OpenPort => {
  checkCredentials(tls);
  const server = createTlsServer({
    ...SOCKET_OPTIONS,
    ...tlsProfile,
    ...credentialOptions(tls),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    requestCert: tls.clientCertificates !== 'none',
    // Looked at below: refused by Node, a peer has no address and no reason any more.
    rejectUnauthorized: false,
    handshakeTimeout: tls.handshakeTimeoutMs ?? HANDSHAKE_MS,
  });
  const unfinished = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket);
    if (address === undefined || !keeper.arrived(socket, address)) return turnAway(socket);
    const key = keyOf(socket);
    unfinished.set(key, socket);
    socket.once('close', () => unfinished.delete(key));
  });
  server.on('secureConnection', (socket) => {
    unfinished.delete(keyOf(socket));
    const address = addressOf(socket);
    const reason = certificateFault(socket, tls);
    if (address !== undefined && reason === undefined) {
      return keeper.entered(socket, { address, tls: tlsSession(socket), certificate: peerCertificate(socket) });
    }
    turnAway(socket);
    if (address !== undefined) keeper.refused(address, reason ?? '');
  });
  server.on('tlsClientError', (error, socket) => {
    const address = addressOf(socket);
    turnAway(socket);
    // Who closes inside a handshake, for example to see whether the port is open, is not worth a word.
    if (address !== undefined) keeper.refused(address, `the TLS handshake failed: ${tlsReason(error)}`);
  });
  return {
    server,
    dropUnfinished: () => {
      for (const socket of unfinished.values()) socket.destroy();
    },
  };
};

const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** Why a peer's certificate keeps it out, or undefined. */
const certificateFault = (socket: TLSSocket, { clientCertificates = 'required' }: ServerTls): string | undefined => {
  if (clientCertificates === 'none') return undefined;
  if (socket.getPeerX509Certificate() === undefined) {
    return clientCertificates === 'required' ? 'the peer shows no TLS certificate' : undefined;
  }
  if (socket.authorized) return undefined;
  const { subject = 'without a name' } = peerCertificate(socket) ?? {};
  return `the TLS certificate of the peer (${subject}) is not valid: ${messageOf(socket.authorizationError)}`;
};
