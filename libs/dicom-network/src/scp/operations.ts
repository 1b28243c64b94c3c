import { hasCode } from '@waystation/kernel';
import { commandField, isResponse, operationName } from '../dimse/command-field.js';
import type { CommandSet } from '../dimse/command-set.js';
import { dimseStatuses } from '../dimse/dimse-statuses.js';
import type { MessageSink } from '../dimse/message-assembler.js';
import { protocolFault } from '../pdu/protocol-fault.js';
import { type Account, ObjectData } from './object-data.js';
import { responseFor } from './response-for.js';
import { isTooLarge, SizeLimit } from './size-limit.js';
import { refusalOf } from './store-refusal.js';
import type { Association, AssociationContext, StoreAnswer, StoreScpHandlers } from './store-scp-handlers.js';

/** What operations need from the connection they come over. */
export interface OperationsPort {
  readonly account: Account;
  respond(contextId: number, response: CommandSet): void;
  /** All that was asked for is answered, or can no longer be. */
  idle(): void;
}

interface Operation {
  readonly context: AssociationContext;
  readonly command: CommandSet;
  readonly messageId: number;
  readonly data: ObjectData;
  readonly size: SizeLimit;
  /** Another operation of this association has the same message id and is not answered yet. */
  readonly duplicate: boolean;
}

/** What an operation that waits costs in memory, at least: a flood of small commands must be noticed too. */
const OPERATION_COST = 1_024;

/**
 * The operations of one association, answered one after the other in the order they came, however many the peer sends
 * ahead and whatever window was negotiated (PS3.7 D.3.3.3).
 */
export class Operations implements MessageSink {
  private readonly waiting: Operation[] = [];
  private current: Operation | undefined;
  private incoming: Pick<Operation, 'data' | 'size'> | undefined;
  /** Message ids that wait for their answer. */
  private readonly outstanding = new Set<number>();
  private lost = false;
  private completed = 0;

  constructor(
    private readonly association: Association,
    private readonly handlers: Pick<StoreScpHandlers, 'store' | 'storeRefused' | 'operationRefused' | 'handlerFailed'>,
    private readonly port: OperationsPort,
    private readonly maxObjectBytes: number,
  ) {}

  /** Messages that came in whole. */
  get messages(): number {
    return this.completed;
  }

  /** Whether something was asked for and is not answered. */
  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Whether an object has begun and not ended. */
  get receiving(): boolean {
    return this.incoming !== undefined;
  }

  command(contextId: number, command: CommandSet): void {
    const context = this.association.contexts.find(({ id }) => id === contextId);
    if (isResponse(command.commandField) || context === undefined) {
      throw protocolFault('dicom-network.unexpected-pdu-parameter', 'A response came, and nothing was asked');
    }
    const data = new ObjectData(this.port.account);
    const size = new SizeLimit(this.maxObjectBytes, data);
    if (command.hasDataSet) this.incoming = { data, size };
    else this.completed += 1;
    // Nothing that is served here can be cancelled, and C-CANCEL has no response (PS3.7 9.3.2.3).
    if (command.commandField === commandField.cancelRequest) return data.discard();
    if (!command.hasDataSet) data.end();
    const { messageId } = command;
    if (messageId === undefined) {
      throw protocolFault('dicom-network.invalid-pdu-parameter', 'A command has no Message ID (0000,0110)');
    }
    this.waiting.push({ context, command, messageId, data, size, duplicate: this.outstanding.has(messageId) });
    this.outstanding.add(messageId);
    this.port.account(OPERATION_COST);
    if (!this.busy) void this.serve();
  }

  data(bytes: Buffer): void {
    this.incoming?.size.count(bytes.length);
    this.incoming?.data.push(bytes);
  }

  dataEnd(): void {
    this.completed += 1;
    this.incoming?.data.end();
    this.incoming = undefined;
  }

  /** Nothing can be received or answered any more. What is being stored is told by its data, or may finish. */
  lose(because: string): void {
    this.lost = true;
    this.incoming?.data.lose(because);
    this.incoming = undefined;
    this.waiting.length = 0;
  }

  private async serve(): Promise<void> {
    for (this.current = this.waiting.shift(); this.current !== undefined; this.current = this.waiting.shift()) {
      const { context, command, messageId, data, size, duplicate } = this.current;
      const performed = await this.perform(this.current);
      data.discard();
      await data.settled;
      const answer = size.refusal ?? performed;
      if (!duplicate) this.outstanding.delete(messageId);
      this.port.account(-OPERATION_COST);
      if (!this.lost) this.port.respond(context.id, responseFor(command, messageId, answer));
    }
    this.port.idle();
  }

  private async perform(operation: Operation): Promise<StoreAnswer> {
    const { command, context, duplicate } = operation;
    const duplicated = duplicate ? { status: dimseStatuses.duplicateInvocation.code } : undefined;
    if (command.commandField === commandField.storeRequest) {
      const refusal = duplicated ?? refusalOf(command, context);
      return refusal === undefined ? this.store(operation) : this.refuse(command, refusal);
    }
    if (duplicated !== undefined) return duplicated;
    if (command.commandField === commandField.echoRequest) return { status: dimseStatuses.success.code };
    return this.refuseOperation(command, context);
  }

  private refuse({ affectedSopInstanceUid = '' }: CommandSet, answer: StoreAnswer): Promise<StoreAnswer> {
    const { association, handlers } = this;
    const refused = { sopInstanceUid: affectedSopInstanceUid, answer };
    return this.told(() => handlers.storeRefused?.(association, refused), answer);
  }

  private refuseOperation(command: CommandSet, { abstractSyntax }: AssociationContext): Promise<StoreAnswer> {
    const { association, handlers } = this;
    const answer = { status: dimseStatuses.unrecognizedOperation.code };
    const refused = { operation: operationName(command.commandField), abstractSyntax, answer };
    const { commandField: field } = command;
    return this.told(() => handlers.operationRefused?.(association, { commandField: field, ...refused }), answer);
  }

  /** The answer, once who writes it down has, or failed. */
  private async told(tell: () => Promise<void> | undefined, answer: StoreAnswer): Promise<StoreAnswer> {
    try {
      await tell();
    } catch (error) {
      this.handlers.handlerFailed?.(error, this.association);
    }
    return answer;
  }

  private async store({ context, command, messageId, data }: Operation): Promise<StoreAnswer> {
    try {
      return await this.handlers.store(this.association, {
        messageId,
        contextId: context.id,
        sopClassUid: command.affectedSopClassUid ?? '',
        sopInstanceUid: command.affectedSopInstanceUid ?? '',
        transferSyntaxUid: context.transferSyntax ?? '',
        moveOriginatorAeTitle: command.moveOriginatorAeTitle,
        data,
      });
    } catch (error) {
      const fault = !hasCode(error, 'dicom-network.connection-lost') && !isTooLarge(error);
      if (fault) this.handlers.handlerFailed?.(error, this.association);
      return { status: dimseStatuses.processingFailure.code };
    }
  }
}
