import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { clientTlsOptions } from '../tls/client-tls.js';
import type { Peer } from './peer.js';

/** What may wait in the process for a peer that reads slowly, bytes. */
const SEND_BUFFER = 262_144;
/** A peer whose machine went away is noticed even where nothing is sent. */
const KEEP_ALIVE_MS = 30_000;

/**
 * Begins to connect to a peer, plain or over TLS.
 * @throws CodedError `dicom-network.tls-invalid`
 */
export const connectTo = ({ host, port, tls }: Peer): Socket => {
  const options: TcpNetConnectOpts & { readonly writableHighWaterMark: number } = {
    host,
    port,
    writableHighWaterMark: SEND_BUFFER,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  };
  return tls === undefined ? connect(options) : connectTls({ ...options, ...clientTlsOptions(tls, host) });
};
