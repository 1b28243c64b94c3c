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
import { connectTo } from './connect-to.js';
import { Link } from './link.js';
import { mismatch, type Outstanding } from './outstanding.js';
import type { Peer } from './peer.js';
import { Progress } from './progress.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const RELEASE_TIMEOUT_MS = 5_000;
const HANDSHAKE_MS = 10_000;

export interface ScuAssociationOptions {
  /** Operations we would like to have outstanding. Default 1. */
  readonly operationsWindow?: number | undefined;
  /** Breaks off while the association is not open yet. */
  readonly unwanted?: AbortSignal | undefined;
}

/** An association that we requested. */
export class ScuAssociation implements UpperLayerUser, MessageSink {
  private readonly layer: UpperLayer;
  private readonly link: Link;
  private readonly assembler: MessageAssembler;
  private readonly progress = new Progress();
  private readonly timeoutMs: number;
  private answer: AssociateAcceptPdu | undefined;
  private released = false;
  /** By message id. */
  private readonly outstanding = new Map<number | undefined, Outstanding>();
  private readonly over = new AbortController();
  private readonly cancel = () => this.fail(this.error('cancelled', 'is no longer wanted'));

  private constructor(
    private readonly peer: Peer,
    contexts: readonly ProposedContext[],
    private readonly window: number,
  ) {
    const { maximumLength = DEFAULT_MAXIMUM_LENGTH } = peer;
    this.timeoutMs = peer.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const request = associationRequest(peer, contexts, maximumLength, window);
    const socket = connectTo(peer);
    this.link = new Link(socket, peer.tls !== undefined, () => this.progress.notify());
    this.assembler = new MessageAssembler(this, new Set(contexts.map(({ id }) => id)));
    this.layer = UpperLayer.request(socket, this, { maximumLength, artimMs: this.timeoutMs }, request);
    peer.signal?.addEventListener('abort', this.cancel);
  }

  /**
   * Connects and proposes the contexts.
   * @throws CodedError `dicom-network.unreachable`, `.timeout`, `.rejected`, `.aborted`, `.connection-lost`, `.cancelled`,
   *   `.unusable-maximum-length`, `.invalid-ae-title`, `.tls-invalid`, `.tls-timeout`, a code of `tlsFailure` or one of
   *   `protocolFault`
   */
  static async open(
    peer: Peer,
    contexts: readonly ProposedContext[],
    { operationsWindow = 1, unwanted }: ScuAssociationOptions = {},
  ): Promise<ScuAssociation> {
    const association = new ScuAssociation(peer, contexts, operationsWindow);
    if (peer.signal?.aborted || unwanted?.aborted) association.cancel();
    unwanted?.addEventListener('abort', association.cancel);
    try {
      await association.establish();
    } finally {
      unwanted?.removeEventListener('abort', association.cancel);
    }
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

  /** Operations the peer lets us have outstanding (PS3.7 D.3.3.3). */
  get operationsWindow(): number {
    const granted = this.answer?.userInformation.asynchronousOperations?.invoked ?? 1;
    return granted === 0 ? this.window : Math.min(granted, this.window);
  }

  /** What its calls throw from now on. */
  get failure(): CodedError | undefined {
    return this.progress.failure;
  }

  /** A request begins: from now on its response is expected, and failures name its object. */
  expect(outstanding: Outstanding): void {
    this.outstanding.set(outstanding.request.messageId, outstanding);
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
    this.outstanding.delete(outstanding.request.messageId);
    return outstanding.response ?? outstanding.request;
  }

  /** Waits until nothing but this, if anything, is left to be answered; ends the association where that does not come. */
  async settle(but?: Outstanding): Promise<void> {
    const others = [...this.outstanding.values()].filter((each) => each !== but);
    await this.until(() => others.every(({ response }) => response !== undefined), 'answer the requests');
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

  /** An error that names the peer, and the objects whose fate is not known. */
  error(code: string, what: string, cause?: unknown): CodedError {
    const { host, port, calledAeTitle } = this.peer;
    const unanswered = [...this.outstanding.values()]
      .filter(({ response }) => response === undefined)
      .flatMap(({ request }) => request.affectedSopInstanceUid ?? []);
    return new CodedError(`dicom-network.${code}`, `${calledAeTitle} at ${host}:${port} ${what}`, {
      cause,
      details: unanswered.length === 0 ? {} : { unanswered },
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
    const answered = this.outstanding.get(response.messageIdBeingRespondedTo);
    if (answered !== undefined) answered.response = response;
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

  ended(ending: Ending, fault?: CodedError): void {
    this.peer.signal?.removeEventListener('abort', this.cancel);
    this.released = ending.by === 'release';
    const { code, what, cause } = this.link.failureOf(ending);
    this.progress.fail(fault ?? this.error(code, what, cause));
    this.over.abort();
  }

  private async establish(): Promise<void> {
    await this.until(() => this.link.connected, 'accept the connection', 'unreachable');
    const { tls } = this.peer;
    if (tls !== undefined) {
      const limit = Math.min(this.timeoutMs, tls.handshakeTimeoutMs ?? HANDSHAKE_MS);
      await this.until(() => this.link.secured, 'finish the TLS handshake', 'tls-timeout', limit);
    }
    await this.until(() => this.answer !== undefined, 'answer the association request');
    this.checkMaximumLength();
  }

  private async until(
    condition: () => boolean,
    expected: string,
    code = 'timeout',
    limitMs = this.timeoutMs,
  ): Promise<void> {
    const onTimeout = () => this.fail(this.error(code, `did not ${expected} within ${limitMs} ms`));
    await this.progress.until(condition, limitMs, onTimeout);
  }

  private checkMaximumLength(): void {
    const announced = this.answer?.userInformation.maximumLength ?? 0;
    if (usableMaximumLength(announced) !== undefined) return;
    const expected = `expected 0 or at least ${SMALLEST_MAXIMUM_LENGTH}`;
    this.fail(this.error('unusable-maximum-length', `takes PDUs of ${announced} bytes, ${expected}`));
    throw this.progress.failure;
  }
}
