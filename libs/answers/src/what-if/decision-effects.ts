import type { RoutedDelivery, Rule, RuleProcessing, SeriesRouted } from '@waystation/events';

/** What a decision sets in motion, or would. */
export interface DecisionEffects {
  readonly outcome: SeriesRouted['data']['outcome'];
  /** Where it goes, in the words of `series.routed`. */
  readonly targets: readonly Omit<RoutedDelivery, 'delivery' | 'rules'>[];
  /** What has it processed, and where what comes out goes. */
  readonly processing: readonly {
    readonly processing: RuleProcessing;
    readonly targets: readonly string[];
    readonly priority: Rule['priority'];
    readonly whole?: true;
  }[];
  /** Studies that it is collected for. */
  readonly studies: readonly {
    readonly rule: string;
    readonly targets: readonly string[];
    readonly priority: Rule['priority'];
    readonly ordered: boolean;
    readonly study?: Rule['study'];
    readonly processing?: RuleProcessing;
  }[];
  /** `channel: event`, for everybody who is told. */
  readonly notifications: readonly string[];
}
