import { jobDecider, type JobState, type KnownJob, type RuleDecision, type RuleJob } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** A decision, and every job that it led to. */
export interface ProcessedDecision {
  readonly decision: RuleDecision;
  readonly jobs: readonly string[];
}

/**
 * Adds to a decision what became of its jobs: how far they are, and the deliveries that they led to. It reads the jobs' own
 * streams.
 */
export const withProcessing = async (commands: CommandHandler, decision: RuleDecision): Promise<ProcessedDecision> => {
  const followed: string[] = [];
  const processing: RuleJob[] = [];
  const deliveries = [...decision.deliveries];
  for (const { job, rule } of decision.jobs ?? []) {
    const chain = await chainOf(commands, job);
    followed.push(...chain.map(({ request }) => request.job));
    const last = chain.at(-1);
    if (last === undefined) continue;
    processing.push({ rule, module: last.request.module, outcome: outcomeOf(last), ...saidIn(chain) });
    const routed = routedNow(last)?.deliveries ?? [];
    deliveries.push(...routed.map(({ delivery, target }) => ({ delivery, target, rules: [rule] })));
  }
  return { decision: { ...decision, deliveries, processing }, jobs: followed };
};

/** What the modules of a chain, or the rule for what they found, want people to be told, as each ended. */
const saidIn = (chain: readonly KnownJob[]): Pick<RuleJob, 'isRequested' | 'words'> => {
  const said = chain.flatMap(({ request: { job }, attempt, successes }) => {
    const notification = successes.find((success) => success.attempt === attempt)?.notification;
    return notification === undefined ? [] : [{ job, attempt, ...notification }];
  });
  return {
    isRequested: said.some(({ requested }) => requested) || chain.some((state) => routedNow(state)?.notify === true),
    words: said.flatMap(({ job, attempt, words }) => (words === undefined ? [] : [{ job, attempt }])),
  };
};

/** A job with the steps that followed from it. */
const chainOf = async (commands: CommandHandler, first: string): Promise<readonly KnownJob[]> => {
  const chain: KnownJob[] = [];
  for (let next: string | undefined = first; next !== undefined;) {
    const { state }: { readonly state: JobState } = await commands.load(jobDecider, streamName.job(next));
    if (state.status === 'unknown') break;
    chain.push(state);
    next = routedNow(state)?.next;
  }
  return chain;
};

/** What follows from it as it stands; undefined while it is done, or done again. */
const routedNow = ({ status, attempt, routed }: KnownJob): KnownJob['routed'][number] | undefined =>
  status === 'succeeded' || status === 'abandoned' ? routed.find((one) => one.attempt === attempt) : undefined;

const outcomeOf = (state: KnownJob): RuleJob['outcome'] => {
  if (state.status === 'cancelled') return { code: 'job.cancelled' };
  const routed = routedNow(state);
  if (routed === undefined || routed.next !== undefined) return 'open';
  return state.status === 'abandoned' ? { code: state.lastFailure?.code ?? 'job.abandoned' } : 'over';
};
