import { setTimeout as delay } from 'node:timers/promises';
import { untilAtRest } from './rest.mjs';
import { expectedOf } from './rules.mjs';
import { Scanner } from './scanner.mjs';
import { heldSince, warmUp } from './warm-up.mjs';

/** What is not told Success after this is not going to be. */
const SENDING_MS = 180_000;

/** Has scanners send while faults happen, waits until all is at rest, and gathers what the checker has to know. */
export async function besiege(system, { series, senders }, run) {
  const before = await warmUp(system);
  system.scanners = senders.map(({ name }) => new Scanner(name, system.receivers));
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
  const processes = await heldSince(system, before);
  const evidence = {
    sent: [...system.warm.sent, ...system.scanners.flatMap(({ sent }) => sent)],
    came: system.targets.flatMap(({ came }) => came).sort((one, other) => one.at - other.at),
    expected: expectedOf([system.warm.series, ...series]),
    watched: system.targets.map(({ name }) => name),
    objects: system.objectsBehindNothing,
    database: system.databaseUrl,
    cli: (...args) => system.cli(...args),
    rest,
    processes,
    ...((await system.queues()).length > 0 ? { queues: await system.queues() } : {}),
  };
  return { evidence, troubles: troublesOf(system, inTime, what) };
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
