import { deliveryDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import type { EventMetadata } from '@waystation/events';
import type { OutgoingInstance, TargetReceipt } from '../targets/target-sender.js';

/** Receipts that may wait for the log: this many objects may be sent twice if the process dies. */
const AHEAD = 16;

/**
 * Writes receipts down as they come, several with one append. What the target refused is kept for the report of the
 * attempt.
 */
export class ReceiptBook {
  readonly refusals: { readonly sopInstanceUid: string; readonly receipt: string }[] = [];
  private readonly hashes: ReadonlyMap<string, string>;
  private waiting: { sopInstanceUid: string; sha256: string; receipt: string }[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly commands: CommandHandler,
    private readonly stream: string,
    private readonly attempt: number,
    private readonly metadata: EventMetadata,
    instances: readonly OutgoingInstance[],
  ) {
    this.hashes = new Map(instances.map(({ sopInstanceUid, object }) => [sopInstanceUid, object.sha256]));
  }

  /** Takes a receipt; waits only where the log is far behind. */
  async add({ sopInstanceUid, accepted, receipt }: TargetReceipt): Promise<void> {
    if (!accepted) {
      this.refusals.push({ sopInstanceUid, receipt });
      return;
    }
    this.waiting.push({ sopInstanceUid, receipt, sha256: this.hashes.get(sopInstanceUid) ?? '' });
    if (this.writing === undefined) this.startWriting();
    if (this.waiting.length >= AHEAD) await this.writing;
  }

  /** Everything taken so far is in the log. */
  async close(): Promise<void> {
    while (this.writing !== undefined || this.waiting.length > 0) {
      if (this.writing === undefined) this.startWriting();
      await this.writing;
    }
  }

  private startWriting(): void {
    const receipts = this.waiting;
    this.waiting = [];
    const command = { kind: 'record-receipts', attempt: this.attempt, receipts } as const;
    this.writing = this.commands
      .handle(deliveryDecider, this.stream, command, { metadata: this.metadata })
      .then(() => undefined)
      .finally(() => {
        this.writing = undefined;
      });
    // Whoever adds next or closes meets the error; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }
}
