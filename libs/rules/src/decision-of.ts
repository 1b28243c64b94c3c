import { nameOfTarget, type Rule } from '@waystation/events';
import type { RulesDecision, TargetDecision } from './rules-decision.js';

const urgency: readonly Rule['priority'][] = ['urgent', 'normal', 'off-peak'];

interface Collected {
  readonly rules: Set<string>;
  /** Undefined once a rule sends all instances. */
  conditions: Set<string> | undefined;
  urgency: number;
}

const targetsOf = (rules: readonly Rule[]): readonly TargetDecision[] => {
  const byTarget = new Map<string, Collected>();
  for (const rule of rules) {
    for (const target of rule.targets) {
      const name = nameOfTarget(target);
      const known = byTarget.get(name) ?? { rules: new Set(), conditions: new Set(), urgency: Infinity };
      known.rules.add(rule.name);
      known.urgency = Math.min(known.urgency, urgency.indexOf(rule.priority));
      if (typeof target === 'string') known.conditions = undefined;
      else known.conditions?.add(target.instances);
      byTarget.set(name, known);
    }
  }
  return [...byTarget].map(([target, found]) => ({
    target,
    rules: [...found.rules],
    ...(found.conditions ? { instances: [...found.conditions] } : {}),
    priority: urgency[found.urgency] ?? 'normal',
  }));
};

const namesOf = (rules: readonly Rule[]): readonly string[] => rules.map(({ name }) => name);

/** What follows from the rules that matched. One that discards outweighs every other. */
export const decisionOf = (matched: readonly Rule[]): RulesDecision => {
  const discarding = matched.filter(({ action }) => action === 'discard');
  const [first] = discarding;
  const followed = first ? [] : matched;
  return {
    outcome: first ? 'discarded' : matched.length > 0 ? 'routed' : 'unmatched',
    ...(first ? { discardedBy: first.name } : {}),
    matched: namesOf(matched),
    targets: targetsOf(followed.filter(({ trigger, action }) => trigger === 'series' && action === 'route')),
    studyRules: namesOf(followed.filter(({ trigger }) => trigger === 'study')),
    notifications: namesOf((first ? discarding : matched).filter(({ notifications }) => notifications.length > 0)),
  };
};
