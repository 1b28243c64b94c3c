import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { syslogFrame } from '@waystation/audit-messages';
import { CodedError, messageOf } from '@waystation/kernel';
import type { AuditMessageSettings } from '@waystation/service';
import type { SyslogTransport } from './syslog-transport.js';

const CONNECT_MS = 10_000;
const END_MS = 3_000;

/** Syslog over TLS (RFC 5425), or the same frames over plain TCP (RFC 6587 3.4.1). */
export class StreamTransport implements SyslogTransport {
  readonly #lost = new AbortController();

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setKeepAlive(true, 10_000);
    socket.resume();
    socket.once('error', () => this.#lost.abort());
    socket.once('close', () => this.#lost.abort());
    // Nobody who takes syslog says anything; an end is the end of taking.
    socket.once('end', () => this.#lost.abort());
  }

  /** @throws CodedError `audit-messages.unreachable` */
  static async open(settings: AuditMessageSettings): Promise<StreamTransport> {
    const { host, port, transport } = settings;
    try {
      const socket = transport === 'tls' ? await openTls(settings) : connectTcp({ host, port });
      const signal = AbortSignal.timeout(CONNECT_MS);
      await once(socket, transport === 'tls' ? 'secureConnect' : 'connect', { signal }).catch((error: unknown) => {
        socket.destroy();
        throw error;
      });
      return new StreamTransport(socket);
    } catch (error) {
      const where = `${transport} ${host}:${port}`;
      throw new CodedError('audit-messages.unreachable', `no audit repository at ${where}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async send(message: Buffer): Promise<void> {
    if (this.lost.aborted) throw lost();
    if (this.socket.write(syslogFrame(message))) return;
    await once(this.socket, 'drain', { signal: this.lost }).catch(() => {
      throw lost();
    });
  }

  async end(): Promise<void> {
    if (this.lost.aborted) throw lost();
    const closed = once(this.socket, 'close', { signal: AbortSignal.timeout(END_MS) });
    this.socket.end();
    await closed.catch(() => {
      this.destroy();
      throw lost();
    });
  }

  destroy(): void {
    this.socket.destroy();
  }
}

const lost = (): CodedError => new CodedError('audit-messages.lost', 'the connection to the audit repository was lost');

/** The files are read each time: what is changed there holds from the next connection on. */
const openTls = async ({ host, port, caFile, certificateFile, keyFile }: AuditMessageSettings): Promise<Socket> => {
  const read = async (file: string | undefined): Promise<Buffer | undefined> =>
    file === undefined ? undefined : readFile(file);
  const [ca, cert, key] = await Promise.all([caFile, certificateFile, keyFile].map(read));
  return connectTls({
    host,
    port,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
};
