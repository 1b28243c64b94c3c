/** How far the read models are behind the log. */
export interface Lag {
  /** The position they have reached, and the last one there is. */
  readonly position: number;
  readonly head: number;
  /** Events between the two. */
  readonly behind: number;
  /** Since when the first of those waits; 0 where there is none. */
  readonly behindSeconds: number;
}
