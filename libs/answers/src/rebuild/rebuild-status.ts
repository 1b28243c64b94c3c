import type { Instant } from '@waystation/kernel';
import type { RebuildReport } from './rebuild-report.js';

/** What became of a rebuild, or how far it is. */
export interface RebuildStatus {
  /** Counts the rebuilds of an installation; 1 are the read models that it began with. */
  readonly generation: number;
  /** `current` is in force, `replaced` was, `abandoned` never came to be. */
  readonly state: 'building' | 'current' | 'replaced' | 'abandoned';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** How far it has come, and how far it has to. */
  readonly position: number;
  readonly goal: number;
  /** Null before it is in force, and for what the installation began with. */
  readonly report: RebuildReport | null;
  /** Why it was abandoned. */
  readonly failure: string | null;
}
