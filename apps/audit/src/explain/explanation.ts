import type { Rule, RuleVerdict, SeriesRouted } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** An event that an explanation rests on. */
export interface Ground {
  readonly position: number;
  readonly recordedtime: Instant;
}

/** Why a revision of a series was decided as it was. Everything in it is read from the log. */
export interface Explanation {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** AE title and address that the first object came from. */
  readonly sender: string;
  /** Revisions so far; 0 while the series has not been complete. */
  readonly revisions: number;
  /** Which one this is about; null where there is none yet. */
  readonly revision: number | null;
  readonly completion: CompletionExplained;
  /** What arrived since the last revision waits for; null where nothing did, or this is not about the last revision. */
  readonly next: CompletionExplained | null;
  /** Null where the rules were not asked yet. */
  readonly decision: DecisionExplained | null;
  readonly deliveries: readonly DeliveryExplained[];
}

/** Why the series counts as complete, or what it waits for. */
export interface CompletionExplained {
  /** `quiet`: nothing arrived for the quiet period. `waiting`: it is not complete. */
  readonly trigger: 'quiet' | 'waiting';
  readonly completed: Ground | null;
  /** One sentence. */
  readonly because: string;
  readonly quietPeriodMs: number;
  /** When the quiet period ended or will end, if nothing arrives. */
  readonly quietUntil: Instant;
  /** The arrival that the quiet period counts from. */
  readonly lastArrival: (Ground & { readonly type: string; readonly sopInstanceUid: string }) | null;
  /** Arrivals of this round, and the longest time between two of them: shorter than the quiet period. */
  readonly arrivals: number;
  readonly longestPauseMs: number;
  readonly instances: number;
  readonly newInstances: number;
  /** Of the set of instances; null while it is not complete. */
  readonly digest: string | null;
}

/** What the rules said. */
export interface DecisionExplained extends Ground {
  readonly outcome: SeriesRouted['data']['outcome'];
  readonly because: string;
  readonly configuration: ConfigurationExplained;
  /** The object whose header the conditions saw. */
  readonly representative: string;
  readonly rules: readonly RuleExplained[];
}

/** The configuration that was in force. */
export interface ConfigurationExplained {
  readonly version: number;
  readonly sha256: string;
  /** Null for the empty one that an installation begins with. */
  readonly published: (Ground & { readonly author: string; readonly reason: string }) | null;
}

/** A rule as it was then, and what it said. */
export type RuleExplained = RuleVerdict & Pick<Rule, 'action' | 'targets' | 'fallback'>;

/** Why something went to a target, and what became of it. */
export interface DeliveryExplained {
  readonly delivery: string;
  readonly target: string;
  /** Where the target was, as the configuration of the decision says. */
  readonly place: string;
  readonly because: string;
  readonly status: 'waiting' | 'attempting' | 'succeeded' | 'abandoned' | 'unknown';
  readonly instances: number;
  readonly delivered: number;
  readonly attempts: readonly AttemptExplained[];
  /** Who asked to try again, and why. */
  readonly redriven: readonly (Ground & { readonly author: string; readonly reason: string })[];
}

/** One attempt to deliver. */
export interface AttemptExplained {
  readonly attempt: number;
  readonly began: Ground;
  readonly worker: string;
  readonly configurationVersion: number;
  /** Some of what it sent may have been there already. */
  readonly mayRepeat: boolean;
  readonly ended: Ground | null;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'under way';
  /** Objects that got a receipt in it. */
  readonly delivered: number;
  /** One sentence. */
  readonly because: string;
  readonly refusals: readonly { readonly sopInstanceUid: string; readonly receipt: string }[];
  /** How long the next attempt had to wait; null where none was scheduled. */
  readonly nextAfterMs: number | null;
}
