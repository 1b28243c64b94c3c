import type { RetryPolicy } from '@waystation/events';

/** What holds for every target that is imported. */
export interface TargetContext {
  /** Its name in Waystation. */
  readonly name: string;
  readonly retry: RetryPolicy;
  readonly comment?: string;
}
