import { setTimeout as delay } from 'node:timers/promises';
import { Starvation } from './starvation.mjs';

/**
 * How long may pass from the end of the last fault until all is at rest. Time in which a service wanted to run and the machine had
 * no core for it does not count: it is a limit for what waits, not for a machine that others use as well.
 */
export const LIMIT_MS = 30_000;
/** So long after the limit it is waited, so that it can be told what was late and what never came. */
const GRACE_MS = 30_000;
const LOOK_MS = 250;
/** Looks in a row that have to find the same. */
const LOOKS = 4;

/**
 * What is due in a day does not keep anything from being at rest: objects that are to be removed then, say. Nor does what only asks
 * whether something is kept for long enough.
 */
const waiting = `with soon as (select * from log.timer where queue <> 'retention' and wake_at < now() + interval '1 hour')
  select
    (select count(*)::int from soon) as timers,
    (select coalesce(max(position), 0)::int from log.event) as head,
    (select string_agg(stream_id || ' in ' || queue, ', ') from (select * from soon limit 5) t) as which,
    (select string_agg(name || ' is at ' || position, ', ') from log.checkpoint
      where name like $1 and position < (select max(position) from log.event)) as behind`;

/**
 * Waits until nothing is under way: every service is ready, nothing is due, nothing is written any more, whoever passes events on has
 * passed all of them on, no queue of the broker holds anything.
 * @param since tells when the last fault was over, milliseconds since 1970
 * @returns waitedMs: how long it took, without `starvedMs`; what: what was still under way when it was given up
 */
export async function untilAtRest(system, since) {
  let [same, last, what, from] = [0, '', '', since()];
  const starved = new Starvation(system.services);
  for (; ; await delay(LOOK_MS)) {
    // Only the last look asks the queues themselves, which costs more.
    const queues = same === LOOKS - 1 ? () => system.queuesNow() : () => system.queues();
    const look = await lookAt(system, queues).catch((error) => ({ busy: error.message, head: NaN }));
    same = look.busy === '' && look.head === last ? same + 1 : 0;
    [last, what] = [look.head, look.busy];
    // It was at rest when the first of these looks found it so.
    starved.look();
    if (since() !== from) starved.reset();
    from = since();
    const waitedMs = Math.max(0, Date.now() - from - starved.ms);
    const found = { limitMs: LIMIT_MS, starvedMs: starved.ms };
    if (same >= LOOKS) return { ...found, waitedMs: Math.max(0, waitedMs - LOOKS * LOOK_MS), what: '' };
    if (waitedMs > LIMIT_MS + GRACE_MS) return { ...found, waitedMs, what };
  }
}

async function lookAt(system, queuesOf) {
  const away = system.services.filter(({ isReady }) => !isReady).map(({ name }) => `${name} is not ready`);
  // Before the log: what was in a queue until then has left its events there.
  const queues = (await queuesOf()).filter(({ messages }) => messages > 0).map(({ name }) => `${name} is not empty`);
  const [{ timers, head, which, behind }] = await system.query(waiting, [system.passingOn]);
  const busy = [
    ...away,
    ...(timers > 0 ? [`${timers} timers wait: ${which}`] : []),
    ...(behind === null ? [] : [`the log is at ${head}: ${behind}`]),
    ...queues,
  ];
  return { busy: busy.join('; '), head };
}
