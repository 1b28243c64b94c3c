import type { Socket } from 'node:net';
import { messageOf } from '@waystation/kernel';
import type { Ending } from '../association/ending.js';
import { UpperLayer } from '../association/upper-layer.js';
import type { UpperLayerUser } from '../association/upper-layer-user.js';
import type { CommandSet } from '../dimse/command-set.js';
import { encodeCommand } from '../dimse/encode-command.js';
import { MessageAssembler } from '../dimse/message-assembler.js';
import { abortSource } from '../pdu/abort-pdu.js';
import type { AssociateRequestPdu } from '../pdu/associate-pdu.js';
import { encodeCommandPdus } from '../pdu/data-pdu.js';
import { DEFAULT_MAXIMUM_LENGTH, usableMaximumLength } from '../pdu/maximum-length.js';
import { protocolFault } from '../pdu/protocol-fault.js';
import { rejection } from '../pdu/reject-pdu.js';
import { acceptance, type AcceptorTerms } from './acceptance.js';
import type { Admission } from './admission.js';
import { formalRefusal } from './formal-refusal.js';
import { guarded } from './guarded.js';
import { IdleWatch, type Patience, type Watched } from './idle-watch.js';
import { Intake } from './intake.js';
import { answerContexts, openAssociation } from './open-association.js';
import { Operations, type OperationsPort } from './operations.js';
import type { Origin } from './origin.js';
import type { Association, AssociationAnswer, AssociationRequest, StoreScpHandlers } from './store-scp-handlers.js';

export interface ConnectionOptions extends AcceptorTerms, Patience {
  readonly artimMs: number;
  /** Longest data set that is taken, bytes. */
  readonly maxObjectBytes: number;
  readonly handlers: StoreScpHandlers;
}

/** Data that may wait for a slow handler, in PDUs of the announced length. */
const WAITING_PDUS = 2;
/** How long a peer that has nothing running may take to release when we shut down. */
const CLOSING_IDLE_MS = 1_000;

/** What an accepted request brings into being. */
interface Opened {
  readonly association: Association;
  readonly operations: Operations;
  readonly assembler: MessageAssembler;
}

/** One connection of a peer that stores: its association from the request to the end. */
export class ScpConnection implements UpperLayerUser, OperationsPort, Watched {
  private readonly layer: UpperLayer;
  private readonly intake: Intake;
  private watch: IdleWatch | undefined;
  private request: AssociateRequestPdu | undefined;
  private opened: Opened | undefined;
  private ending: Ending | undefined;
  private winding = false;
  private releaseRequest = false;
  private peerGone = false;
  private resolveDone: (() => void) | undefined;

  constructor(
    socket: Socket,
    private readonly origin: Origin,
    private readonly admission: Admission,
    private readonly options: ConnectionOptions,
  ) {
    this.layer = UpperLayer.answer(socket, this, options);
    this.intake = new Intake(this.layer, options.maximumLength * WAITING_PDUS);
  }

  /** Resolves when the association has ended and no handler is running. */
  readonly done = new Promise<void>((resolve) => {
    this.resolveDone = resolve;
  });

  /** Ends the association as soon as it has nothing running. */
  windDown(): void {
    this.winding = true;
    if (this.opened === undefined) return this.abort();
    this.watch?.stop();
    this.watch = new IdleWatch(this, { idleMs: CLOSING_IDLE_MS, minimumRate: 0 }, () => this.abort());
  }

  /** Id of the association; undefined before there is one. */
  get association(): string | undefined {
    return this.opened?.association.id;
  }

  abort(because = 'Waystation is shutting down'): void {
    this.layer.abort(because, { source: abortSource.provider, reason: 0 });
  }

  associateRequested(pdu: AssociateRequestPdu): void {
    this.request = pdu;
    const request: AssociationRequest = { ...pdu, ...this.origin };
    const refusal = formalRefusal(pdu);
    if (refusal !== undefined) return this.layer.reject(refusal.reject, refusal.because);
    const limit = this.admission.associate(request);
    if (limit !== undefined) return this.layer.reject(rejection.localLimitExceeded, limit);
    try {
      const answer = this.options.handlers.associate(request);
      if (this.answered(request, answer)) return;
    } catch (error) {
      this.layer.reject(rejection.notNow, `the decision failed: ${messageOf(error)}`);
      this.options.handlers.handlerFailed?.(error);
    } finally {
      pdu.userInformation.userIdentity?.credential.fill(0);
    }
    this.admission.release(request);
  }

  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void {
    this.opened?.assembler.fragment(contextId, isCommand, bytes, endsMessage);
  }

  releaseRequested(): void {
    if (this.opened?.operations.receiving) {
      throw protocolFault('dicom-network.unexpected-pdu', 'A release request came inside an object');
    }
    this.releaseRequest = true;
    if (!this.opened?.operations.busy) this.layer.respondRelease();
  }

  drained(): void {
    this.intake.answersBlocked(false);
  }

  peerFinished(): boolean {
    this.peerGone = true;
    return this.opened !== undefined && this.opened.operations.busy && !this.opened.operations.receiving;
  }

  ended(ending: Ending): void {
    this.ending = ending;
    this.watch?.stop();
    this.opened?.operations.lose(ending.reason);
    if (!this.opened?.operations.busy) this.finish(ending);
  }

  account = (bytes: number): void => this.intake.account(bytes);

  respond(contextId: number, response: CommandSet): void {
    const announced = this.request?.userInformation.maximumLength ?? 0;
    const limit = usableMaximumLength(announced) ?? DEFAULT_MAXIMUM_LENGTH;
    this.layer.send([encodeCommandPdus(contextId, encodeCommand(response), limit)]);
    this.intake.answersBlocked(this.layer.congested);
  }

  idle(): void {
    if (this.ending !== undefined) this.finish(this.ending);
    else if (this.releaseRequest) this.layer.respondRelease();
    else if (this.peerGone) this.layer.disconnect();
  }

  get waitsForPeer(): boolean {
    const { busy = false, receiving = false } = this.opened?.operations ?? {};
    return this.winding ? !busy : !this.intake.overfull && (!busy || receiving);
  }

  get bytesRead(): number {
    return this.layer.bytesRead;
  }

  get messages(): number {
    return this.opened?.operations.messages ?? 0;
  }

  get holds(): number {
    return this.intake.holds;
  }

  /** Whether the association is open now. */
  private answered(request: AssociationRequest, answer: AssociationAnswer): boolean {
    if ('reject' in answer) {
      this.layer.reject(answer.reject, answer.because);
      return false;
    }
    const { accept, userIdentityResponse } = answer;
    const contexts = answerContexts(request.contexts, accept);
    const user = userIdentityResponse && request.userInformation.userIdentity?.name;
    this.open(openAssociation(request, contexts, user));
    this.layer.accept(acceptance(request, contexts, this.options, userIdentityResponse));
    return true;
  }

  private open(association: Association): void {
    const { handlers, idleMs, minimumRate, maxObjectBytes } = this.options;
    const operations = new Operations(association, handlers, this, maxObjectBytes);
    const accepted = association.contexts.filter((context) => context.transferSyntax !== null).map(({ id }) => id);
    this.opened = { association, operations, assembler: new MessageAssembler(operations, new Set(accepted)) };
    this.watch = new IdleWatch(this, this.options, () => {
      const slow = minimumRate > 0 && operations.receiving ? ` or sent less than ${minimumRate} bytes/s` : '';
      this.abort(`the peer was idle${slow} for ${idleMs} ms`);
    });
    this.tell(() => handlers.accepted?.(association));
  }

  private finish(ending: Ending): void {
    const { handlers } = this.options;
    if (this.opened !== undefined) {
      const { association } = this.opened;
      this.admission.release(association);
      this.tell(() => handlers.ended(association, ending));
    } else if (this.layer.bytesRead > 0 || ending.by !== 'network') {
      // A connection that is opened and closed without a word is a port check.
      const { callingAeTitle = '', calledAeTitle = '' } = this.request ?? {};
      const refusal = { ...this.origin, callingAeTitle, calledAeTitle, reason: ending.reason };
      this.tell(() => handlers.refused?.(refusal));
    }
    this.resolveDone?.();
  }

  private tell(call: () => void): void {
    guarded(this.options.handlers, call, this.opened?.association);
  }
}
