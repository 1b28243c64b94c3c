import type { Actor } from '@waystation/events';

/** Who changes something and why; both stay in the log. */
export interface Authorship {
  readonly author: string;
  readonly reason: string;
  /** The author as the log names whoever did something. */
  readonly actor: Actor;
}
