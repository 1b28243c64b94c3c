/** How an association came to its end. */
export interface Ending {
  /**
   * `release`: in order. `peer`: it aborted. `waystation`: we aborted, because of a fault, a limit or a shutdown.
   * `network`: the connection went away.
   */
  readonly by: 'release' | 'peer' | 'waystation' | 'network';
  readonly reason: string;
}
