import type { Office } from '@waystation/event-log';

/** The office of a receiver; a checkpoint of this name says from where on the log may have associations of it without an end. */
export const officeOfReceiver = (receiver: string): string => `receiver/${receiver}`;

/** A receiver from its first association to its end, and which associations it has. */
export class ReceiverLife {
  private readonly open = new Map<string, number>();
  private pending = 0;
  private last: number;

  /**
   * @param id that no other life has
   * @param from position behind which all of its associations are
   */
  constructor(
    readonly id: string,
    public office: Office,
    from: number,
  ) {
    this.last = from;
  }

  /** The associations that have no end yet. */
  get associations(): ReadonlySet<string> {
    return new Set(this.open.keys());
  }

  /** Runs what writes down that an association was accepted, which answers with its position. */
  async opening(association: string, write: () => Promise<number>): Promise<void> {
    this.pending++;
    try {
      const position = await write();
      this.open.set(association, position);
      this.last = Math.max(this.last, position);
    } finally {
      this.pending--;
    }
  }

  /** The end of an association is written down. */
  ended(association: string): void {
    this.open.delete(association);
  }

  /** From where on the log may have associations without an end; undefined while that cannot be said. */
  get from(): number | undefined {
    return this.pending > 0 ? undefined : Math.min(this.last, ...this.open.values());
  }
}
