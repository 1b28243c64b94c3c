/** How far was sent, and how far it has surely arrived: what was sent so long ago over a connection that still lives. */
export class ConfirmedProgress {
  #sent: number;
  #confirmed: number;
  readonly #waiting: { position: number; readonly at: number }[] = [];

  /** @param settleMs milliseconds that a connection has to live after a message */
  constructor(
    begun: number,
    private readonly settleMs: number,
  ) {
    this.#sent = begun;
    this.#confirmed = begun;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Everything up to a position was sent by now. */
  send(position: number, now: number): void {
    this.#sent = position;
    const last = this.#waiting.at(-1);
    // One mark for what is sent in about the same moment, so that a long log takes no long list.
    if (last !== undefined && now - last.at < this.settleMs / 100) last.position = position;
    else this.#waiting.push({ position, at: now });
  }

  /** @returns the last position that has arrived, if the connection lives now */
  confirm(now: number): number {
    while (this.#waiting[0] !== undefined && now - this.#waiting[0].at >= this.settleMs)
      this.#confirmed = this.#waiting.shift()?.position ?? this.#confirmed;
    return this.#confirmed;
  }
}
