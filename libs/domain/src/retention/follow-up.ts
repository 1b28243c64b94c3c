import type { Instant } from '@waystation/kernel';
import type { KnownDelivery } from '../delivery/delivery-state.js';
import type { KnownJob } from '../job/job-state.js';
import { open, type Followed, type OpenFate, type UnreadFate } from './fate.js';

/** How deliveries and jobs ended, and all that followed from them. */
export interface FollowUp {
  readonly what: 'over';
  readonly count: number;
  /** Whether any of them was given up or cancelled. */
  readonly failed: boolean;
  /** When the last of them was over; undefined where there is none. */
  readonly endedAt: Instant | undefined;
}

/**
 * How deliveries and jobs ended, together with the jobs and deliveries that followed. What was not read yet is named; what
 * was requested and has no event is not there and never will be.
 */
export const followUp = (
  from: { readonly deliveries: readonly string[]; readonly jobs: readonly string[] },
  followed: Followed,
): FollowUp | OpenFate | UnreadFate => {
  const deliveries = new Set(from.deliveries);
  const jobs = new Set(from.jobs);
  const ended: { readonly failed: boolean; readonly endedAt: Instant | undefined }[] = [];
  const unread = { deliveries: [] as string[], jobs: [] as string[] };
  let openFate: OpenFate | undefined;
  // A set that grows is walked to its end: a job names the ones behind it.
  for (const id of jobs) {
    const job = followed.jobs.get(id);
    if (job === undefined) unread.jobs.push(id);
    else if (job.status !== 'unknown') {
      const next = afterJob(job);
      if ('what' in next) openFate ??= next;
      else {
        for (const more of next.jobs) jobs.add(more);
        for (const more of next.deliveries) deliveries.add(more);
        ended.push({ failed: job.status !== 'succeeded', endedAt: job.endedAt });
      }
    }
  }
  for (const id of deliveries) {
    const delivery = followed.deliveries.get(id);
    if (delivery === undefined) unread.deliveries.push(id);
    else if (delivery.status !== 'unknown') {
      openFate ??= whyDeliveryIsOpen(delivery);
      ended.push({ failed: delivery.status !== 'succeeded', endedAt: delivery.endedAt });
    }
  }
  if (openFate !== undefined) return openFate;
  if (unread.deliveries.length + unread.jobs.length > 0) return { what: 'unread', ...unread };
  return {
    what: 'over',
    count: ended.length,
    failed: ended.some(({ failed }) => failed),
    endedAt: latest(ended.map(({ endedAt }) => endedAt)),
  };
};

/** What followed from a job that is over, or why it is not. */
const afterJob = (
  job: KnownJob,
): OpenFate | { readonly jobs: readonly string[]; readonly deliveries: readonly string[] } => {
  const { status, attempt, request, routed } = job;
  if (status === 'waiting' || status === 'running') return open(`job ${request.job} is ${status}`);
  const decided = routed.filter((one) => status === 'cancelled' || one.attempt === attempt);
  if (status !== 'cancelled' && decided.length === 0)
    return open(`it is not decided yet what follows from job ${request.job}`);
  // Also what followed from an attempt before it was done again.
  return {
    jobs: routed.flatMap(({ next, report }) => [next, report].filter((id) => id !== undefined)),
    deliveries: routed.flatMap(({ deliveries }) => deliveries.map(({ delivery }) => delivery)),
  };
};

const whyDeliveryIsOpen = ({ status, request }: KnownDelivery): OpenFate | undefined =>
  status === 'succeeded' || status === 'abandoned'
    ? undefined
    : open(`delivery ${request.delivery} to ${request.target} is ${status}`);

/** The last of some moments; undefined where there is none. */
export const latest = (moments: readonly (Instant | undefined)[]): Instant | undefined =>
  moments.reduce((last, one) => (one !== undefined && (last === undefined || one > last) ? one : last), undefined);
