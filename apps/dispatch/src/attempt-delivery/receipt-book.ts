import { deliveryDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import type { EventMetadata, InstanceDelivered } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { OutgoingInstance, Refusal, TargetReceipt } from '../targets/target-sender.js';

/** Receipts that may wait for the log: this many objects may be sent twice if the process dies. */
const AHEAD = 32;

/**
 * Writes receipts down as they come, several with one append. What the target refused is kept for the report of the
 * attempt.
 */
export class ReceiptBook {
  readonly refusals: Refusal[] = [];
  private readonly hashes: ReadonlyMap<string, string>;
  /** A receipt is a fact: it leaves only when it is in the log, however often that has to be tried. */
  private readonly unwritten: Omit<InstanceDelivered['data'], 'attempt'>[] = [];
  private writing: Promise<void> | undefined;
  private superseded: Error | undefined;

  constructor(
    private readonly commands: CommandHandler,
    private readonly stream: string,
    private readonly attempt: number,
    private readonly metadata: EventMetadata,
    instances: readonly OutgoingInstance[],
  ) {
    this.hashes = new Map(instances.map(({ sopInstanceUid, object }) => [sopInstanceUid, object.sha256]));
  }

  /**
   * Takes a receipt; waits only where the log is far behind.
   * @throws CodedError `delivery.superseded` where another worker has taken over, and whatever keeps a log from being
   *   written that is far behind
   */
  async add(answer: TargetReceipt): Promise<void> {
    if (this.superseded !== undefined) throw this.superseded;
    if (!answer.accepted) {
      this.refusals.push(answer);
      return;
    }
    const { sopInstanceUid, receipt, transferSyntaxUid } = answer;
    const sha256 = this.hashes.get(sopInstanceUid) ?? '';
    this.unwritten.push({ sopInstanceUid, receipt, transferSyntaxUid, sha256 });
    if (this.writing === undefined) this.startWriting();
    if (this.unwritten.length >= AHEAD) await this.writing;
  }

  /** Everything taken so far is in the log. */
  async close(): Promise<void> {
    while (this.unwritten.length > 0) {
      if (this.writing === undefined) this.startWriting();
      await this.writing;
    }
  }

  private startWriting(): void {
    const receipts = [...this.unwritten];
    const command = { kind: 'record-receipts', attempt: this.attempt, receipts } as const;
    this.writing = this.commands
      .handle(deliveryDecider, this.stream, command, { metadata: this.metadata })
      .then(
        () => {
          this.unwritten.splice(0, receipts.length);
        },
        (error: unknown) => {
          if (hasCode(error, 'delivery.superseded')) this.superseded = error;
          throw error;
        },
      )
      .finally(() => {
        this.writing = undefined;
      });
    // Whoever waits for it meets the error; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }
}
