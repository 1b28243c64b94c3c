import { connect, type TcpNetConnectOpts } from 'node:net';
import { CodedError } from '@waystation/kernel';
import type { Ending } from '../association/ending.js';
import { UpperLayer } from '../association/upper-layer.js';
import type { UpperLayerUser } from '../association/upper-layer-user.js';
import { isResponse } from '../dimse/command-field.js';
import type { CommandSet } from '../dimse/command-set.js';
import { MessageAssembler, type MessageSink } from '../dimse/message-assembler.js';
import type { AssociateAcceptPdu } from '../pdu/associate-pdu.js';
import { DEFAULT_MAXIMUM_LENGTH, SMALLEST_MAXIMUM_LENGTH, usableMaximumLength } from '../pdu/maximum-length.js';
import { contextResult, type ProposedContext } from '../pdu/presentation-context.js';
import { protocolFault } from '../pdu/protocol-fault.js';
import { describeRejection, type Rejection } from '../pdu/reject-pdu.js';
import { associationRequest } from './association-request.js';
import { mismatch, type Outstanding } from './outstanding.js';
import type { Peer } from './peer.js';
import { Progress } from './progress.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const RELEASE_TIMEOUT_MS = 5_000;
/** What may wait in the process for a peer that reads slowly, bytes. */
const SEND_BUFFER = 262_144;

/** An association that we requested. One operation is outstanding at a time. */
export class ScuAssociation implements UpperLayerUser, MessageSink {
  private readonly layer: UpperLayer;
  private readonly assembler: MessageAssembler;
  private readonly progress = new Progress();
  private readonly timeoutMs: number;
  private answer: AssociateAcceptPdu | undefined;
  private connected = false;
  private released = false;
  private outstanding: Outstanding | undefined;
  private readonly over = new AbortController();
  private readonly cancel = () => this.fail(this.error('cancelled', 'is no longer wanted'));

  private constructor(
    private readonly peer: Peer,
    contexts: readonly ProposedContext[],
  ) {
    const { host, port, maximumLength = DEFAULT_MAXIMUM_LENGTH } = peer;
    this.timeoutMs = peer.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const request = associationRequest(peer, contexts, maximumLength);
    const options: TcpNetConnectOpts & { readonly writableHighWaterMark: number } = {
      host,
      port,
      writableHighWaterMark: SEND_BUFFER,
    };
    const socket = connect(options).once('connect', () => {
      this.connected = true;
      this.progress.notify();
    });
    this.assembler = new MessageAssembler(this, new Set(contexts.map(({ id }) => id)));
    this.layer = UpperLayer.request(socket, this, { maximumLength, artimMs: this.timeoutMs }, request);
    peer.signal?.addEventListener('abort', this.cancel);
  }

  /**
   * Connects and proposes the contexts.
   * @throws CodedError `dicom-network.unreachable`, `.timeout`, `.rejected`, `.aborted`, `.connection-lost`, `.cancelled`,
   *   `.unusable-maximum-length`, `.invalid-ae-title` or a code of `protocolFault`
   */
  static async open(peer: Peer, contexts: readonly ProposedContext[]): Promise<ScuAssociation> {
    const association = new ScuAssociation(peer, contexts);
    if (peer.signal?.aborted) association.cancel();
    await association.until(() => association.connected, 'accept the connection', 'unreachable');
    await association.until(() => association.answer !== undefined, 'answer the association request');
    association.checkMaximumLength();
    return association;
  }

  /** Whether the peer takes what was proposed in a context. */
  accepts({ id, transferSyntaxes }: ProposedContext): boolean {
    const answered = this.answer?.contexts.find((context) => context.id === id);
    return answered?.result === contextResult.acceptance && transferSyntaxes.includes(answered.transferSyntax);
  }

  /** What the peer says of itself. */
  get peerInformation(): AssociateAcceptPdu['userInformation'] | undefined {
    return this.answer?.userInformation;
  }

  /** Longest P-DATA-TF the peer is sent, bytes. */
  get sendLength(): number {
    return usableMaximumLength(this.answer?.userInformation.maximumLength ?? 0) ?? DEFAULT_MAXIMUM_LENGTH;
  }

  /** Aborted when the association has ended, whatever way. */
  get ending(): AbortSignal {
    return this.over.signal;
  }

  /** What its calls throw from now on. */
  get failure(): CodedError | undefined {
    return this.progress.failure;
  }

  /** A request begins: from now on its response is expected, and failures name its object. */
  expect(outstanding: Outstanding): void {
    this.outstanding = outstanding;
  }

  /** Sends PDUs; resolves when the peer is ready for more. Throws what ended the association. */
  async send(parts: readonly Buffer[]): Promise<void> {
    if (this.progress.failure !== undefined) throw this.progress.failure;
    this.layer.send(parts);
    if (this.layer.congested) await this.until(() => !this.layer.congested, 'take what was sent');
  }

  /** Waits for the response to what is expected. */
  async response(outstanding: Outstanding): Promise<CommandSet> {
    await this.until(() => outstanding.response !== undefined, 'answer the request');
    this.outstanding = undefined;
    return outstanding.response ?? outstanding.request;
  }

  /** Ends the association in order. A peer that fails at this has answered everything nevertheless. */
  async release(): Promise<void> {
    this.layer.release();
    const onTimeout = () => this.fail(this.error('timeout', 'did not answer the release request'));
    await this.progress.until(() => this.released, RELEASE_TIMEOUT_MS, onTimeout).catch(() => undefined);
  }

  /** Breaks the association off; the first error it is given is the one that its calls throw. */
  fail(error: CodedError): void {
    this.progress.fail(error);
    this.layer.abort(error.message);
  }

  /** An error that names the peer, and the object whose fate is not known. */
  error(code: string, what: string, cause?: unknown): CodedError {
    const { host, port, calledAeTitle } = this.peer;
    const unanswered = this.outstanding?.request.affectedSopInstanceUid;
    return new CodedError(`dicom-network.${code}`, `${calledAeTitle} at ${host}:${port} ${what}`, {
      cause,
      details: unanswered === undefined ? {} : { unanswered },
    });
  }

  associateAccepted(accept: AssociateAcceptPdu): void {
    this.answer = accept;
    this.progress.notify();
  }

  associateRejected(rejection: Rejection): void {
    this.progress.fail(this.error('rejected', `rejected the association ${describeRejection(rejection)}`));
  }

  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void {
    this.assembler.fragment(contextId, isCommand, bytes, endsMessage);
  }

  command(_contextId: number, response: CommandSet): void {
    if (!isResponse(response.commandField)) {
      throw protocolFault('dicom-network.unexpected-pdu-parameter', 'A request came, and that role was not agreed on');
    }
    const wrong = mismatch(this.outstanding, response);
    if (wrong !== undefined) throw this.error('invalid-response', `sent a response that cannot be right: ${wrong}`);
    if (this.outstanding !== undefined) this.outstanding.response = response;
    this.progress.notify();
  }

  /** The responses to C-ECHO and C-STORE have no data set; one that comes is of no use. */
  data(): void {}

  dataEnd(): void {}

  releaseRequested(): void {
    this.progress.fail(this.error('aborted', 'released an association that it did not request'));
    this.layer.respondRelease();
  }

  drained(): void {
    this.progress.notify();
  }

  peerFinished(): boolean {
    return false;
  }

  ended({ by, reason }: Ending, fault?: CodedError): void {
    this.peer.signal?.removeEventListener('abort', this.cancel);
    this.released = by === 'release';
    const lost = this.connected ? 'connection-lost' : 'unreachable';
    this.progress.fail(fault ?? this.error(by === 'peer' ? 'aborted' : lost, `ended the association: ${reason}`));
    this.over.abort();
  }

  private async until(condition: () => boolean, expected: string, code = 'timeout'): Promise<void> {
    const onTimeout = () => this.fail(this.error(code, `did not ${expected} within ${this.timeoutMs} ms`));
    await this.progress.until(condition, this.timeoutMs, onTimeout);
  }

  private checkMaximumLength(): void {
    const announced = this.answer?.userInformation.maximumLength ?? 0;
    if (usableMaximumLength(announced) !== undefined) return;
    const expected = `expected 0 or at least ${SMALLEST_MAXIMUM_LENGTH}`;
    this.fail(this.error('unusable-maximum-length', `takes PDUs of ${announced} bytes, ${expected}`));
    throw this.progress.failure;
  }
}
