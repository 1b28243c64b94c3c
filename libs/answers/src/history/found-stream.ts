/** A stream of the log, without its events. */
export interface FoundStream {
  readonly stream: string;
  /** How many events it has. */
  readonly events: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
}
