import type { Facts } from '@waystation/events';

/** What rules are asked about: a revision of a series. */
export interface RuleSubject {
  /** What the representative instance says of itself. */
  readonly facts: Facts;
  /** The title we were called by; without it, rules that name titles are not asked. */
  readonly calledAeTitle?: string;
  /**
   * What each instance of the series says of itself, in whatever order; read only where a rule asks for it. Without it,
   * the representative is the only one.
   */
  readonly instances?: Iterable<Facts> | (() => Iterable<Facts>);
  /** Names of facts whose values must not appear in explanations; none if not given. */
  readonly identityKeywords?: ReadonlySet<string>;
}
