/** A trickle of bytes does not keep an association alive. */
const SIGN_OF_LIFE_BYTES = 4_096;
const CHECKS_PER_PERIOD = 2;

export interface Watched {
  /** Whether it is the peer's turn. */
  readonly waitsForPeer: boolean;
  readonly bytesRead: number;
  /** Messages that were completed so far. */
  readonly messages: number;
  /** How often the peer was held so far because we were slow. */
  readonly holds: number;
}

export interface Patience {
  /** How long a peer may be quiet. */
  readonly idleMs: number;
  /** What a peer has to send while it is its turn, in bytes per second. */
  readonly minimumRate: number;
}

/**
 * Notices a peer that lets its association lie or that sends too slowly. Looks now and then instead of noting every
 * chunk: it costs nothing while data flows, and strikes after one to one and a half periods.
 */
export class IdleWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly expectedBytes: number;
  private bytes = 0;
  private messages = 0;
  private holds = 0;
  private quietChecks = 0;

  constructor(
    private readonly watched: Watched,
    { idleMs, minimumRate }: Patience,
    private readonly onIdle: () => void,
  ) {
    const interval = Math.ceil(idleMs / CHECKS_PER_PERIOD);
    this.expectedBytes = Math.max(SIGN_OF_LIFE_BYTES, (minimumRate * interval) / 1_000);
    this.timer = setInterval(() => this.check(), interval).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const { waitsForPeer, bytesRead, messages, holds } = this.watched;
    // Whoever was held in between could not send more.
    const itsTurn = waitsForPeer && holds === this.holds;
    const quiet = itsTurn && messages === this.messages && bytesRead - this.bytes < this.expectedBytes;
    this.bytes = bytesRead;
    this.messages = messages;
    this.holds = holds;
    this.quietChecks = quiet ? this.quietChecks + 1 : 0;
    if (this.quietChecks > CHECKS_PER_PERIOD) this.onIdle();
  }
}
