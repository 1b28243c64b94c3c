import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { CodedError, messageOf } from '@waystation/kernel';
import type { AuditMessageSettings } from '@waystation/service';
import type { SyslogTransport } from './syslog-transport.js';

/** Syslog over UDP (RFC 5426): nobody knows whether it arrives, and anybody can read it. */
export class DatagramTransport implements SyslogTransport {
  readonly #lost = new AbortController();

  private constructor(
    private readonly socket: Socket,
    private readonly address: string,
    private readonly port: number,
  ) {
    socket.once('error', () => this.#lost.abort());
  }

  /** @throws CodedError `audit-messages.unreachable` */
  static async open({ host, port }: AuditMessageSettings): Promise<DatagramTransport> {
    try {
      const { address, family } = await lookup(host);
      return new DatagramTransport(createSocket(family === 6 ? 'udp6' : 'udp4'), address, port);
    } catch (error) {
      throw new CodedError('audit-messages.unreachable', `no address of ${host}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async send(message: Buffer): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.send(message, this.port, this.address, (error) => {
        if (error === null) resolve();
        else reject(new CodedError('audit-messages.lost', `a datagram could not be sent: ${messageOf(error)}`));
      });
    });
  }

  end(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()));
  }

  destroy(): void {
    if (!this.lost.aborted) this.socket.close();
  }
}
