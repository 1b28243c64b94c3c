import { isFailure } from '../dimse/dimse-status.js';
import type { SendReceipt } from './sendable-instance.js';

export type OnReceipt = (receipt: SendReceipt) => void | Promise<void>;

/** Hands receipts on, one at a time however many associations bring them, and counts them. */
export class ReceiptDesk {
  private readonly closing = new AbortController();
  private last: Promise<void> = Promise.resolve();
  private storedCount = 0;
  private receiptCount = 0;
  private refusal: { readonly error: unknown } | undefined;

  constructor(private readonly onReceipt: OnReceipt) {}

  /** Objects that were answered with success or a warning. */
  get stored(): number {
    return this.storedCount;
  }

  get receipts(): number {
    return this.receiptCount;
  }

  /** Set where a receipt could not be handed on: what was thrown. */
  get failure(): { readonly error: unknown } | undefined {
    return this.refusal;
  }

  /** Aborted when a receipt could not be handed on: nothing more is to be sent then. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /**
   * Resolves when the receipt is taken note of.
   * @throws what could not be handed on threw, for it and all after it
   */
  take(receipt: SendReceipt): Promise<void> {
    this.last = this.last.then(() => this.handOn(receipt));
    return this.last;
  }

  private async handOn(receipt: SendReceipt): Promise<void> {
    this.receiptCount += 1;
    if (!isFailure(receipt.status)) this.storedCount += 1;
    try {
      await this.onReceipt(receipt);
    } catch (error) {
      this.refusal = { error };
      this.closing.abort();
      throw error;
    }
  }
}
