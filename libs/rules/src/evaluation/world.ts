import type { Facts } from '@waystation/events';
import type { Header } from './header.js';

/** All that an evaluation can look at. */
export interface World {
  readonly header: Header;
  /** The instances of the series. */
  readonly instances: () => readonly Facts[];
  /** Whether the condition of another rule holds. Throws EvaluationFailure where that has no answer. */
  readonly holds: (rule: string) => boolean;
}
