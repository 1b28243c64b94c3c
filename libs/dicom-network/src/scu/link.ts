import type { Socket } from 'node:net';
import type { Ending } from '../association/ending.js';
import { tlsFailure } from '../tls/tls-failure.js';

/** How far the connection to a peer has come, and what became of it. */
export class Link {
  private isConnected = false;
  private isSecured = false;
  private error: Error | undefined;

  /** @param overTls whether a TLS handshake follows the connection */
  constructor(
    socket: Socket,
    private readonly overTls: boolean,
    onProgress: () => void,
  ) {
    socket.once('connect', () => {
      this.isConnected = true;
      onProgress();
    });
    socket.once('secureConnect', () => {
      this.isSecured = true;
      onProgress();
    });
    socket.on('error', (error) => {
      this.error = error;
    });
  }

  get connected(): boolean {
    return this.isConnected;
  }

  get secured(): boolean {
    return this.isSecured;
  }

  /** What an association that ended this way is to its caller: the end of an error's code, what to say, and the cause. */
  failureOf({ by, reason }: Ending): { readonly code: string; readonly what: string; readonly cause?: unknown } {
    const what = `ended the association: ${reason}`;
    if (by === 'peer') return { code: 'aborted', what };
    if (!this.connected) return { code: 'unreachable', what };
    const failure = this.overTls && by === 'network' ? tlsFailure(this.error, this.secured) : undefined;
    return failure === undefined ? { code: 'connection-lost', what } : { ...failure, cause: this.error };
  }
}
