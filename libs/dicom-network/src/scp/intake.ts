/** Stops and starts the reading of a connection, so that what waits in memory stays bounded. */
export interface Valve {
  pause(): void;
  resume(): void;
}

/**
 * Closes the valve while more than `limit` bytes wait, or while the peer does not take its answers; opens it again when
 * half of that is gone.
 */
export class Intake {
  private waiting = 0;
  private blocked = false;
  private closed = false;
  private closings = 0;

  constructor(
    private readonly valve: Valve,
    private readonly limit: number,
  ) {}

  account(bytes: number): void {
    this.waiting += bytes;
    this.regulate();
  }

  /** @param blocked whether answers pile up because the peer does not read */
  answersBlocked(blocked: boolean): void {
    this.blocked = blocked;
    this.regulate();
  }

  /** How often the peer was held because data waited for us. */
  get holds(): number {
    return this.closings;
  }

  /** Whether the peer waits for us, not we for the peer. */
  get overfull(): boolean {
    return this.closed && !this.blocked;
  }

  private regulate(): void {
    const close = this.blocked || this.waiting > (this.closed ? this.limit / 2 : this.limit);
    if (close === this.closed) return;
    this.closed = close;
    if (close && !this.blocked) this.closings += 1;
    if (close) this.valve.pause();
    else this.valve.resume();
  }
}
