/** A way to an audit repository that is open. */
export interface SyslogTransport {
  /** Aborted when the way is no more; what was sent last may be lost then. */
  readonly lost: AbortSignal;
  /**
   * Hands a syslog message over, and waits while the way is full.
   * @throws CodedError `audit-messages.lost`
   */
  send(message: Buffer): Promise<void>;
  /** Lets everything out and closes. @throws CodedError `audit-messages.lost` where the other side may not have it all */
  end(): Promise<void>;
  /** Closes at once. */
  destroy(): void;
}
