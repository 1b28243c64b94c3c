import type { JobRouted } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** What follows from what a module made and found, or would follow. */
interface JobEffects {
  readonly outcome: JobRouted['data']['outcome'];
  readonly targets: readonly { readonly target: string; readonly brings: 'output' | 'original' }[];
  /** The module that is next; what it finds nobody knows where it did not run. */
  readonly next?: string;
  /** Present where the rule wants somebody told of the result. */
  readonly notify?: true;
}

/** A decision about what follows from a job that would be another one, by what its module found then. */
export interface DifferentJob {
  readonly position: number;
  readonly recordedtime: Instant;
  readonly job: string;
  readonly module: string;
  /** The rule that had it done. */
  readonly rule: string;
  readonly studyInstanceUid: string;
  /** Left out where it is about the study. */
  readonly seriesInstanceUid?: string;
  readonly was: JobEffects;
  readonly would: JobEffects;
  readonly because: { readonly was: string; readonly would: string };
}
