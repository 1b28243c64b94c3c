/** A trickle of bytes does not keep an association alive. */
const SIGN_OF_LIFE_BYTES = 4_096;
const CHECKS_PER_PERIOD = 2;

export interface Watched {
  /** Whether it is the peer's turn. */
  readonly waitsForPeer: boolean;
  readonly bytesRead: number;
  /** Messages that were completed so far. */
  readonly messages: number;
}

/**
 * Notices a peer that lets its association lie. Looks now and then instead of noting every chunk: it costs nothing while
 * data flows, and strikes after one to one and a half periods.
 */
export class IdleWatch {
  private readonly timer: NodeJS.Timeout;
  private bytes = 0;
  private messages = 0;
  private quietChecks = 0;

  constructor(
    private readonly watched: Watched,
    milliseconds: number,
    private readonly onIdle: () => void,
  ) {
    this.timer = setInterval(() => this.check(), Math.ceil(milliseconds / CHECKS_PER_PERIOD)).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const { waitsForPeer, bytesRead, messages } = this.watched;
    const quiet = waitsForPeer && messages === this.messages && bytesRead - this.bytes < SIGN_OF_LIFE_BYTES;
    this.bytes = bytesRead;
    this.messages = messages;
    this.quietChecks = quiet ? this.quietChecks + 1 : 0;
    if (this.quietChecks > CHECKS_PER_PERIOD) this.onIdle();
  }
}
