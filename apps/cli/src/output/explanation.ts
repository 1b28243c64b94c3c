/** Where and when an event was written. */
interface Ground {
  readonly position: number;
  readonly recordedtime: string;
}

/** An explanation as the API tells it. */
export interface Explanation {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly sender: string;
  readonly revisions: number;
  readonly revision: number | null;
  readonly completion: CompletionExplained;
  readonly next: CompletionExplained | null;
  readonly decision: DecisionExplained | null;
  readonly deliveries: readonly DeliveryExplained[];
}

export interface CompletionExplained {
  readonly completed: Ground | null;
  readonly because: string;
  readonly lastArrival: (Ground & { readonly type: string; readonly sopInstanceUid: string }) | null;
  readonly arrivals: number;
  readonly longestPauseMs: number;
  readonly instances: number;
  readonly newInstances: number;
}

export interface DecisionExplained extends Ground {
  readonly outcome: string;
  readonly because: string;
  readonly representative: string;
  readonly configuration: {
    readonly version: number;
    readonly sha256: string;
    readonly published: (Ground & { readonly author: string; readonly reason: string }) | null;
  };
  readonly rules: readonly {
    readonly rule: string;
    readonly verdict: string;
    readonly condition: string;
    readonly because: string;
    readonly observations: readonly { readonly expression: string; readonly value: string }[];
    readonly action: string;
    readonly targets: readonly string[];
    readonly fallback: boolean;
  }[];
}

export interface DeliveryExplained {
  readonly delivery: string;
  readonly target: string;
  readonly place: string;
  readonly because: string;
  readonly status: string;
  readonly instances: number;
  readonly delivered: number;
  readonly attempts: readonly {
    readonly attempt: number;
    readonly began: Ground;
    readonly worker: string;
    readonly configurationVersion: number;
    readonly mayRepeat: boolean;
    readonly ended: Ground | null;
    readonly outcome: string;
    readonly delivered: number;
    readonly because: string;
    readonly refusals: readonly { readonly sopInstanceUid: string; readonly receipt: string }[];
    readonly nextAfterMs: number | null;
  }[];
  readonly redriven: readonly (Ground & { readonly author: string; readonly reason: string })[];
}
