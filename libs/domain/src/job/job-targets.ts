import type { JobPlan, RoutingDirective } from '@waystation/events';

/** Where the output of a job goes, and why. */
export interface JobTargets {
  readonly targets: readonly string[];
  readonly discarded: boolean;
  readonly because: string;
}

/**
 * Where the output goes: as the rule says, or as the module says where the rule lets it. A module that names a target
 * which does not exist, or which the rule does not let it name, gets what the rule says.
 * @param existing names of the targets that there are
 */
export const targetsOfJob = (
  { targets, dynamicRouting }: Pick<JobPlan, 'targets' | 'dynamicRouting'>,
  directive: RoutingDirective | undefined,
  existing: readonly string[],
): JobTargets => {
  const asTheRuleSays = (because: string): JobTargets => ({ targets, discarded: false, because });
  if (directive === undefined) return asTheRuleSays('as the rule says');
  if (dynamicRouting === undefined)
    return asTheRuleSays('as the rule says; the module wanted otherwise, which the rule does not allow');
  if (directive.discard) return { targets: [], discarded: true, because: 'the module discards its output' };
  if (directive.useAlternateTarget) {
    const { alternateTarget } = dynamicRouting;
    return alternateTarget === undefined
      ? asTheRuleSays('as the rule says; the module asked for the alternate target, and the rule has none')
      : {
          targets: [alternateTarget],
          discarded: false,
          because: 'the module asks for the alternate target of the rule',
        };
  }
  const named = [...new Set(directive.targets)];
  if (named.length === 0) return asTheRuleSays('as the rule says');
  const unknown = named.filter((target) => !existing.includes(target));
  if (unknown.length > 0)
    return asTheRuleSays(`as the rule says; the module named ${quoted(unknown)}, which does not exist`);
  const allowed = dynamicRouting.targets;
  const refused = allowed.length === 0 ? [] : named.filter((target) => !allowed.includes(target));
  return refused.length > 0
    ? asTheRuleSays(`as the rule says; the module named ${quoted(refused)}, which the rule does not let it name`)
    : { targets: named, discarded: false, because: `the module names ${quoted(named)}` };
};

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
