import type { JobRouted } from '@waystation/events';
import { planAfter } from '../job/plan-after.js';
import type { KnownJob } from '../job/job-state.js';

/** What follows, or would follow, from what a module made and found. */
export interface JobEffects {
  readonly outcome: JobRouted['data']['outcome'];
  readonly targets: readonly { readonly target: string; readonly brings: 'output' | 'original' }[];
  /** The module that is next. */
  readonly next?: string;
  /** Present where the rule wants somebody told of this result. */
  readonly notify?: true;
}

/** What follows from a job, in an order that does not depend on that of the rule. */
export const jobEffectsOf = (
  request: Pick<KnownJob['request'], 'plan' | 'outcomes'>,
  routed: JobRouted['data'],
): JobEffects => {
  const goes = new Set(routed.deliveries.map(({ target, brings: { kind } }) => `${kind} ${target}`));
  const [next] = routed.next === undefined ? [] : planAfter(request, routed).steps;
  return {
    outcome: routed.outcome,
    targets: [...goes].toSorted().map((each) => {
      const [brings = '', ...target] = each.split(' ');
      return { target: target.join(' '), brings: brings === 'output' ? 'output' : 'original' };
    }),
    ...(next === undefined ? {} : { next: next.module }),
    ...(routed.notify === undefined ? {} : { notify: routed.notify }),
  };
};
