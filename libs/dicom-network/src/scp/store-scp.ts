import type { Server, Socket } from 'node:net';
import { CodedError, messageOf } from '@waystation/kernel';
import { type Implementation, waystationImplementation } from '../association/implementation.js';
import { DEFAULT_MAXIMUM_LENGTH } from '../pdu/maximum-length.js';
import { Admission } from './admission.js';
import type { ServerTls } from '../tls/server-tls.js';
import { guarded } from './guarded.js';
import { openPort, type OpenPort } from './open-port.js';
import type { Origin } from './origin.js';
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
  /** Associations at a time that name the same calling AE title. Default: as many as in all. */
  readonly maxAssociationsPerCaller?: number;
  /** Counts for several servers together, under limits of its own instead of the three above. */
  readonly admission?: Admission | undefined;
  /** Longest data set that is taken, bytes. Default 4 GiB. */
  readonly maxObjectBytes?: number;
  /** How long a connection may take until its association request is complete. */
  readonly artimMs?: number;
  /** How long an association may lie idle while it is the peer's turn. */
  readonly idleMs?: number;
  /** What a peer has to send while an association is not idle, bytes per second over `idleMs`. Default 0: any rate. */
  readonly minimumRate?: number;
  /** Operations that a peer may have outstanding if it asks for several (PS3.7 D.3.3.3). Default 1. */
  readonly operationsWindow?: number;
  /** Where it is given, the port speaks TLS and nothing else. */
  readonly tls?: ServerTls | undefined;
  readonly implementation?: Implementation;
  readonly handlers: StoreScpHandlers;
}

const DEFAULT_MAX_OBJECT_BYTES = 4_294_967_296;
/**
 * Connections that the system holds until we take them, as many as it is willing to. Where a crowd fills them, whoever else
 * calls is not heard, and calls again only after 1, 3, 7 and 15 seconds.
 */
const WAITING_CONNECTIONS = 4_096;

/** A DICOM server that takes C-ECHO and C-STORE (PS3.4 annexes A and B). */
export class StoreScp {
  private readonly connections = new Set<ScpConnection>();
  private readonly admission: Admission;
  private readonly door: OpenPort;
  private closing: Promise<void> | undefined;

  private constructor(private readonly options: StoreScpOptions) {
    const { maxAssociations = 64, maxAssociationsPerAddress = 16, handlers } = options;
    const { maxAssociationsPerCaller = maxAssociations } = options;
    const limits = { maxAssociations, maxAssociationsPerAddress, maxAssociationsPerCaller };
    this.admission = options.admission ?? new Admission(limits);
    this.door = openPort(options.tls, {
      arrived: (socket, address) => this.admit(socket, address),
      entered: (socket, origin) => this.serve(socket, origin),
      refused: (address, reason) => this.refused(address, reason),
    });
    // While listening: a connection could not be taken, for want of file descriptors for example.
    this.server.on('error', (error) => {
      if (this.server.listening) handlers.handlerFailed?.(error);
    });
  }

  /**
   * Starts to listen.
   * @throws CodedError `dicom-network.port-taken`, `.cannot-listen` or `.tls-invalid`
   */
  static async listen(options: StoreScpOptions): Promise<StoreScp> {
    const { host, port } = options;
    const scp = new StoreScp(options);
    await new Promise<void>((resolve, reject) => {
      scp.server.once('error', reject);
      scp.server.listen({ port, host, backlog: WAITING_CONNECTIONS }, resolve);
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

  /** Aborts associations, by their ids; their handlers are told that Waystation ended them. */
  breakOff(associations: ReadonlySet<string>, because: string): void {
    for (const connection of this.connections)
      if (connection.association !== undefined && associations.has(connection.association)) connection.abort(because);
  }

  private get server(): Server {
    return this.door.server;
  }

  private async windDown(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.door.dropUnfinished();
    const open = [...this.connections];
    for (const connection of open) connection.windDown();
    const grace = setTimeout(() => {
      for (const connection of this.connections) connection.abort();
    }, graceMs);
    await Promise.all([closed, ...open.map((connection) => connection.done)]);
    clearTimeout(grace);
  }

  private admit(socket: Socket, address: string): boolean {
    if (!this.admission.connect(address)) {
      this.refused(address, 'too many connections without an association');
      return false;
    }
    socket.once('close', () => this.admission.disconnect(address));
    return true;
  }

  private serve(socket: Socket, origin: Origin): void {
    const connection = new ScpConnection(socket, origin, this.admission, this.connectionOptions());
    this.connections.add(connection);
    void connection.done.then(() => this.connections.delete(connection));
  }

  private refused(address: string, reason: string): void {
    const { handlers } = this.options;
    guarded(handlers, () => handlers.refused?.({ address, callingAeTitle: '', calledAeTitle: '', reason }));
  }

  private connectionOptions(): ConnectionOptions {
    const { maximumLength = DEFAULT_MAXIMUM_LENGTH, artimMs = 10_000, idleMs = 60_000, handlers } = this.options;
    const { maxObjectBytes = DEFAULT_MAX_OBJECT_BYTES, minimumRate = 0, operationsWindow = 1 } = this.options;
    return {
      maximumLength,
      artimMs,
      idleMs,
      minimumRate,
      maxObjectBytes,
      operationsWindow,
      handlers,
      implementation: this.options.implementation ?? waystationImplementation,
    };
  }
}
