/** How a subscription fares. */
export interface SubscriptionLine {
  readonly name: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly streams: readonly string[];
  readonly status: 'flowing' | 'stalled' | 'disabled';
  /** The last event that was dealt with; 0 before the first is looked at. */
  readonly position: number;
  /** Events that were not looked at yet, whether it wants them or not, and since when the first of them waits. */
  readonly behind: number;
  readonly behindSeconds: number;
  /** Why the endpoint takes nothing; null where it does. */
  readonly stalled: { readonly since: string; readonly code: string; readonly reason: string } | null;
  /** What it refused. */
  readonly parked: readonly { readonly position: number; readonly reason: string }[];
}
