import { createServer, type Server, type Socket } from 'node:net';
import { CodedError, messageOf } from '@waystation/kernel';
import { type Implementation, waystationImplementation } from '../association/implementation.js';
import { DEFAULT_MAXIMUM_LENGTH } from '../pdu/maximum-length.js';
import { Admission } from './admission.js';
import { guarded } from './guarded.js';
import { type ConnectionOptions, ScpConnection } from './scp-connection.js';
import type { StoreScpHandlers } from './store-scp-handlers.js';

export interface StoreScpOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Longest P-DATA-TF that is announced, bytes. */
  readonly maximumLength?: number;
  /** Associations at a time. */
  readonly maxAssociations?: number;
  /** Associations at a time from one IP address. */
  readonly maxAssociationsPerAddress?: number;
  /** How long a connection may take until its association request is complete. */
  readonly artimMs?: number;
  /** How long an association may lie idle while it is the peer's turn. */
  readonly idleMs?: number;
  readonly implementation?: Implementation;
  readonly handlers: StoreScpHandlers;
}

/** A DICOM server that takes C-ECHO and C-STORE (PS3.4 annexes A and B). */
export class StoreScp {
  private readonly connections = new Set<ScpConnection>();
  private readonly admission: Admission;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly server: Server,
    private readonly options: StoreScpOptions,
  ) {
    const { maxAssociations = 64, maxAssociationsPerAddress = 16 } = options;
    this.admission = new Admission({ maxAssociations, maxAssociationsPerAddress });
    server.on('connection', (socket) => this.connected(socket));
    // While listening: a connection could not be taken, for want of file descriptors for example.
    server.on('error', (error) => {
      if (server.listening) options.handlers.handlerFailed?.(error);
    });
  }

  /**
   * Starts to listen.
   * @throws CodedError `dicom-network.port-taken` or `dicom-network.cannot-listen`
   */
  static async listen(options: StoreScpOptions): Promise<StoreScp> {
    const { host, port } = options;
    // Half open: a peer that has said all it has to say still gets its answers.
    const server = createServer({ allowHalfOpen: true });
    const scp = new StoreScp(server, options);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    }).catch((error: unknown) => {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      throw taken
        ? new CodedError('dicom-network.port-taken', `Port ${port} of ${host} is taken by another program`)
        : new CodedError('dicom-network.cannot-listen', `Cannot listen on ${host}:${port}: ${messageOf(error)}`);
    });
    return scp;
  }

  /** The port that is listened on. */
  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : this.options.port;
  }

  /**
   * Stops listening, lets what is being stored finish for at most `graceMs` and be answered, and aborts what remains.
   * Resolves when no connection is left and no handler runs.
   */
  close(graceMs: number): Promise<void> {
    this.closing ??= this.windDown(graceMs);
    return this.closing;
  }

  private async windDown(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const open = [...this.connections];
    for (const connection of open) connection.windDown();
    const grace = setTimeout(() => {
      for (const connection of this.connections) connection.abort();
    }, graceMs);
    await Promise.all([closed, ...open.map((connection) => connection.done)]);
    clearTimeout(grace);
  }

  private connected(socket: Socket): void {
    const address = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '');
    if (address === undefined || !this.admission.connect(address)) {
      socket.on('error', () => undefined).destroy();
      if (address === undefined) return;
      const { handlers } = this.options;
      const reason = 'too many connections without an association';
      guarded(handlers, () => handlers.refused?.({ address, callingAeTitle: '', calledAeTitle: '', reason }));
      return;
    }
    socket.once('close', () => this.admission.disconnect(address));
    const connection = new ScpConnection(socket, address, this.admission, this.connectionOptions());
    this.connections.add(connection);
    void connection.done.then(() => this.connections.delete(connection));
  }

  private connectionOptions(): ConnectionOptions {
    const { maximumLength = DEFAULT_MAXIMUM_LENGTH, artimMs = 10_000, idleMs = 60_000, handlers } = this.options;
    return {
      maximumLength,
      artimMs,
      idleMs,
      handlers,
      implementation: this.options.implementation ?? waystationImplementation,
    };
  }
}
