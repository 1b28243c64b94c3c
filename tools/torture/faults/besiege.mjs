import { setTimeout as delay } from 'node:timers/promises';
import { untilAtRest } from './rest.mjs';
import { expectedOf } from './rules.mjs';
import { Scanner } from './scanner.mjs';
import { heldSince } from './warm-up.mjs';

/** What is not told Success after this is not going to be. */
const SENDING_MS = 600_000;

/**
 * Has scanners send while faults happen, waits until all is at rest, and gathers what the checker has to know.
 * @param asks asksHeld: whether processes are asked what they hold at the end; reaps: whether what no event names is then removed
 */
export async function besiege(system, { series, senders }, run, asks) {
  system.scanners = senders.map(({ name }) => new Scanner(name, system.receivers));
  await system.begin();
  run.begin();
  const sending = Promise.all(system.scanners.map((scanner, index) => scanner.run(senders[index].associations)));
  const inTime = await Promise.race([sending.then(() => true), delay(SENDING_MS, false, { ref: false })]);
  for (const scanner of system.scanners) scanner.stop();
  await Promise.all([sending, run.timed()]);
  await Promise.all(system.services.map((service) => service.ready()));
  const sentAt = Math.max(...system.scanners.map(({ sent }) => sent.at(-1)?.at ?? 0));
  // A step that comes only now still has its fault, and the time begins anew.
  const { what, ...rest } = await untilAtRest(system, () => Math.max(sentAt, run.overAt));
  run.end();
  const sent = system.scanners.flatMap((scanner) => scanner.sent);
  system.sent.push(...sent);
  system.series.push(...series);
  return {
    evidence: await evidenceOf(system, rest, asks),
    troubles: troublesOf(system, inTime, what),
    sent: sent.length,
  };
}

const evidenceOf = async (system, rest, { asksHeld, reaps }) => ({
  sent: system.sent,
  came: system.targets.flatMap(({ came }) => came).sort((one, other) => one.at - other.at),
  expected: expectedOf(system.series),
  watched: system.targets.map(({ name }) => name),
  objects: system.objectsBehindNothing,
  database: system.databaseUrl,
  cli: (...args) => system.cli(...args),
  rest,
  reaped: reaps && (await reaped(system)),
  processes: asksHeld ? await heldSince(system) : [],
  queues: await system.queuesNow(),
});

async function reaped(system) {
  const { code, stderr } = await system.cli('objects', 'reap', '--older-than', '0s');
  if (code !== 0) throw new Error(`what no event names could not be removed: ${stderr}`);
  return true;
}

/** What the machine itself saw go wrong. */
const troublesOf = (system, inTime, what) => [
  ...(inTime ? [] : [trouble('sending-never-ended', 'scanners were not told Success for everything', 'scanners')]),
  ...(what === '' ? [] : [trouble('never-at-rest', what, 'log.timer')]),
  ...system.services.flatMap(({ name, endedByItself, fault }) => [
    ...endedByItself.map((how) => trouble('ended-by-itself', `it ended with ${how} though nobody told it to`, name)),
    ...(fault === undefined ? [] : [trouble('unforeseen-error', fault, name)]),
  ]),
];

const trouble = (name, what, where) => ({ invariant: 4, name, what, where });
