import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { CodedError, messageOf } from '@waystation/kernel';
import { type Abort, abortSource, decodeAbort, describeAbort, encodeAbort } from '../pdu/abort-pdu.js';
import { type AssociateAcceptPdu, type AssociateRequestPdu } from '../pdu/associate-pdu.js';
import { decodeAssociateAccept, decodeAssociateRequest } from '../pdu/decode-associate.js';
import { encodeAssociateAccept, encodeAssociateRequest } from '../pdu/encode-associate.js';
import { PduReader, type PduSink } from '../pdu/pdu-reader.js';
import { type PduType, pduType } from '../pdu/pdu-type.js';
import { abortReasonOf, protocolFault } from '../pdu/protocol-fault.js';
import { decodeReject, encodeReject, type Rejection } from '../pdu/reject-pdu.js';
import { encodeReleaseRequest, encodeReleaseResponse } from '../pdu/release-pdu.js';
import type { Ending } from './ending.js';
import { pduEvents } from './pdu-events.js';
import { effectOf } from './transition-actions.js';
import { type State, transition, type UpperLayerEvent } from './transition-table.js';
import type { UpperLayerUser } from './upper-layer-user.js';

export interface UpperLayerOptions {
  /** Longest P-DATA-TF that is announced to the peer, bytes. */
  readonly maximumLength: number;
  /** How long a peer may take until its association request is complete. */
  readonly artimMs: number;
}

/** How long a peer may take to close the connection after a rejection, a release or an abort. */
const CLOSING_MS = 5_000;

/** The upper layer of one connection: the state machine of PS3.8 9.2 over a socket. */
export class UpperLayer implements PduSink {
  private state: State = 'Sta1';
  private readonly reader: PduReader;
  private artim: NodeJS.Timeout | undefined;
  private hasEnded = false;
  private connected = false;
  private received = 0;
  private socketError: Error | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly user: UpperLayerUser,
    private readonly options: UpperLayerOptions,
  ) {
    this.reader = new PduReader(this, options.maximumLength);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('drain', () => this.user.drained());
    socket.on('end', () => {
      if (this.hasEnded || !this.user.peerFinished()) this.disconnect();
    });
    socket.on('error', (error) => {
      this.socketError = error;
      // A TLS socket that was secure reports its error and stays open.
      socket.destroy();
    });
    socket.on('close', () => this.transportClosed());
  }

  /** Takes a connection that came in. */
  static answer(socket: Socket, user: UpperLayerUser, options: UpperLayerOptions): UpperLayer {
    const layer = new UpperLayer(socket, user, options);
    layer.connected = true;
    layer.fire('transport indicated');
    return layer;
  }

  /** Requests an association as soon as the socket is connected, and its TLS handshake done if it has one. */
  static request(
    socket: Socket,
    user: UpperLayerUser,
    options: UpperLayerOptions,
    request: AssociateRequestPdu,
  ): UpperLayer {
    const layer = new UpperLayer(socket, user, options);
    layer.fire('A-ASSOCIATE request');
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      layer.connected = true;
      layer.fire('transport connected', () => socket.write(encodeAssociateRequest(request)));
    });
    return layer;
  }

  accept(pdu: AssociateAcceptPdu): void {
    this.fire('A-ASSOCIATE accept', () => this.socket.write(encodeAssociateAccept(pdu)));
  }

  reject(rejection: Rejection, because: string): void {
    this.fire('A-ASSOCIATE reject', () => {
      this.socket.write(encodeReject(rejection));
      this.end({ by: 'waystation', reason: because });
    });
  }

  /** Sends whole P-DATA-TF PDUs in one go, without copying. Nothing is sent once the association has ended. */
  send(parts: readonly Buffer[]): void {
    this.fire('P-DATA request', () => {
      // A single part is written faster without: what is corked goes through a vectored write.
      if (parts.length > 1) this.socket.cork();
      for (const part of parts) this.socket.write(part);
      this.socket.uncork();
    });
  }

  /** Whether the peer is behind with reading; `drained` tells when it is not. */
  get congested(): boolean {
    return this.socket.writableNeedDrain;
  }

  release(): void {
    this.fire('A-RELEASE request', () => this.socket.write(encodeReleaseRequest()));
  }

  respondRelease(): void {
    this.fire('A-RELEASE response', () => {
      this.socket.write(encodeReleaseResponse());
      if (this.state === 'Sta13') this.end({ by: 'release', reason: 'released by the peer' });
    });
  }

  abort(because: string, abort: Abort = { source: abortSource.user, reason: 0 }): void {
    this.fire('A-ABORT request', () => {
      if (this.connected) this.socket.write(encodeAbort(abort));
      this.end({ by: 'waystation', reason: because });
    });
  }

  /** Lets nothing more come in until `resume`. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Bytes received so far: of TLS, what was inside. */
  get bytesRead(): number {
    return this.received;
  }

  /** Closes the connection once what was sent has left, without another word. */
  disconnect(): void {
    this.transportClosed();
    this.socket.destroySoon();
    this.startArtim('Sta13');
  }

  begin(type: PduType): void {
    const [action] = transition(pduEvents[type], this.state) ?? ['AA-8'];
    if (action === 'AA-1' || action === 'AA-8') {
      throw protocolFault('dicom-network.unexpected-pdu', `A PDU of type ${type} came in state ${this.state}`);
    }
  }

  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void {
    this.user.fragment(contextId, isCommand, bytes, endsMessage);
  }

  pdu(type: PduType, body: Buffer): void {
    this.fire(pduEvents[type], () => this.indicate(type, body));
  }

  private indicate(type: PduType, body: Buffer): void {
    switch (type) {
      case pduType.associateRequest:
        return this.user.associateRequested?.(decodeAssociateRequest(body));
      case pduType.associateAccept:
        return this.user.associateAccepted?.(decodeAssociateAccept(body));
      case pduType.associateReject:
        this.user.associateRejected?.(decodeReject(body));
        return this.end({ by: 'peer', reason: 'rejected' });
      case pduType.releaseRequest:
        return this.state === 'Sta9' ? this.respondRelease() : this.user.releaseRequested();
      case pduType.releaseResponse:
        return this.end({ by: 'release', reason: 'released by Waystation' });
      case pduType.abort:
        return this.end({ by: 'peer', reason: describeAbort(decodeAbort(body)) });
      case pduType.data:
        return undefined;
    }
  }

  private take(chunk: Buffer): void {
    this.received += chunk.length;
    try {
      this.reader.push(chunk);
    } catch (error) {
      const fault =
        error instanceof CodedError
          ? error
          : new CodedError('dicom-network.internal', messageOf(error), { cause: error });
      this.fire('invalid PDU', () => {
        this.socket.write(encodeAbort({ source: abortSource.provider, reason: abortReasonOf(fault) }));
        this.end({ by: 'waystation', reason: fault.message }, fault);
      });
    }
  }

  private transportClosed(): void {
    const reason = this.socketError?.message ?? 'the connection was closed without a release';
    this.fire('transport closed', () => this.end({ by: 'network', reason }));
    clearTimeout(this.artim);
  }

  /** Goes through the table: the state first, then the PDU or indication, then what the action does besides. */
  private fire(event: UpperLayerEvent, perform?: () => void): void {
    const entry = transition(event, this.state);
    if (entry === undefined) return;
    const [action, next] = entry;
    const effect = effectOf(action);
    this.state = next;
    if (effect.artim === 'stop') clearTimeout(this.artim);
    if (effect.ignored === undefined) perform?.();
    if (effect.artim === 'start') this.startArtim(next);
    if (effect.last) {
      this.reader.stop();
      this.socket.end();
      this.socket.resume();
    }
    if (effect.close) {
      this.reader.stop();
      this.socket.destroy();
    }
  }

  private startArtim(state: State): void {
    clearTimeout(this.artim);
    const milliseconds = state === 'Sta2' ? this.options.artimMs : CLOSING_MS;
    this.artim = setTimeout(() => {
      this.fire('ARTIM expired', () =>
        this.end({ by: 'waystation', reason: `no association request within ${milliseconds} ms` }),
      );
      this.socket.destroy();
    }, milliseconds).unref();
  }

  private end(ending: Ending, fault?: CodedError): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.user.ended(ending, fault);
  }
}
