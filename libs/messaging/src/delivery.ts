import type { Channel, ConsumeMessage } from 'amqplib';

/** A message that the broker waits to hear about. */
export class Delivery {
  /** @param channelClosed aborted when the channel is closed */
  constructor(
    readonly message: ConsumeMessage,
    private readonly channel: Channel,
    private readonly channelClosed: AbortSignal,
  ) {}

  /** Its channel is closed: the broker delivers it again, to whoever comes first. */
  get lost(): boolean {
    return this.channelClosed.aborted;
  }

  /** The broker may forget it. */
  acknowledge(): void {
    this.#settle(() => this.channel.ack(this.message));
  }

  /** The broker is to deliver it again; it counts, and after the delivery limit it is dead. */
  putBack(): void {
    this.#settle(() => this.channel.nack(this.message, false, true));
  }

  #settle(send: () => void): void {
    if (this.lost) return;
    try {
      send();
    } catch {
      // The channel is closing at this moment, which is as good as lost.
    }
  }
}
