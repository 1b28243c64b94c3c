import { typeOf } from './tell.mjs';

/** The fourth invariant: after the last fault everything comes to rest by itself, in time, and nothing waits. */
export function atRest({ rest, queues = [] }, { timers, parked }, told) {
  return [
    ...(rest.waitedMs > rest.limitMs
      ? [
          difference(
            'late',
            `not at rest ${rest.waitedMs} ms after the last fault; the limit is ${rest.limitMs}`,
            'rest',
          ),
        ]
      : []),
    ...timers.map(({ stream, queue, claimedBy }) =>
      difference('timer-left', `due in ${queue}${claimedBy === null ? '' : `, claimed by ${claimedBy}`}`, stream),
    ),
    ...parked.map(({ consumer, position, error }) =>
      difference('event-parked', `${consumer} could not handle position ${position}: ${error}`, consumer),
    ),
    ...queues
      .filter(({ messages }) => messages > 0)
      .map(({ name, messages }) => difference('queue-not-empty', `${messages} messages`, name)),
    ...open(told),
    ...spooled(told),
  ];
}

const difference = (name, what, where) => ({ invariant: 4, name, what, where });

const ENDS = {
  job: new Set(['job.succeeded', 'job.abandoned', 'job.cancelled']),
  notification: new Set(['notification.sent', 'notification.abandoned']),
};
const AGAIN = new Set(['job.restarted', 'notification.redriven']);

const open = (told) => [
  ...told
    .deliveries()
    .filter(({ ended }) => ended === undefined)
    .map(({ id }) => difference('delivery-open', 'it has no end', id)),
  ...openOf(told, 'job').map((id) => difference('job-open', 'it has no end', id)),
  ...openOf(told, 'notification').map((id) => difference('notification-open', 'it has no end', id)),
];

const openOf = (told, kind) =>
  told.ids(kind).filter((id) => {
    const events = told.streams.get(`${kind}/${id}`);
    const last = events.findLast((event) => ENDS[kind].has(typeOf(event)) || AGAIN.has(typeOf(event)));
    return last === undefined || AGAIN.has(typeOf(last));
  });

/** Objects that were acknowledged out of a spool and did not get from there to the store. */
const spooled = (told) =>
  told.ids('series').flatMap((series) => {
    const moved = new Set(
      told.of('objects.moved', `series/${series}`).flatMap(({ data }) => data.objects.map((one) => one.sopInstanceUid)),
    );
    return told
      .of('instance.stored', `series/${series}`)
      .filter(({ data }) => data.object.spool !== undefined && !moved.has(data.sopInstanceUid))
      .map(({ data }) => difference('object-in-spool', `it waits in ${data.object.spool}`, data.sopInstanceUid));
  });
