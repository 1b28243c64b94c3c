import { wasKept } from './evidence.mjs';
import { grouped } from './grouped.mjs';
import { typeOf } from './tell.mjs';

/**
 * The second invariant, second half: every delivery ends in success or in a failure that is seen, what has a receipt arrived
 * bit by bit, and nothing came twice unless the ledger says that it was not known whether it had come.
 */
export function deliveries(evidence, told, shown) {
  const all = told.deliveries();
  const decided = decidedDeliveries(told);
  return [
    ...all.flatMap((delivery) => [
      ...(decided.has(delivery.id)
        ? []
        : [difference('request-without-decision', 'no decision names it', delivery.id)]),
      ...receipts(delivery),
      ...attempts(delivery),
      ...seen(delivery, shown),
    ]),
    ...evidence.watched.flatMap((target) =>
      arrivals(
        evidence.came.filter((one) => one.target === target),
        all.filter(({ request }) => request?.target === target),
        target,
      ),
    ),
  ];
}

const difference = (name, what, where) => ({ invariant: 2, name, what, where });

const decidedDeliveries = (told) =>
  new Set(
    ['series.routed', 'study.routed', 'job.routed'].flatMap((type) =>
      told.of(type).flatMap(({ data }) => data.deliveries.map(({ delivery }) => delivery)),
    ),
  );

/** One receipt for each object of a delivery that succeeded, none twice and none for anything else. */
function receipts({ id, ended, brings, receipts: events }) {
  const wanted = new Map(brings.map((instance) => [instance.sopInstanceUid, instance]));
  const had = new Set();
  const differences = events.flatMap(({ data: { sopInstanceUid, sha256 } }) => {
    const instance = wanted.get(sopInstanceUid);
    const again = had.has(sopInstanceUid);
    had.add(sopInstanceUid);
    if (instance === undefined || instance.sha256 !== sha256)
      return [difference('receipt-of-something-else', `delivery ${id} does not bring ${sha256}`, sopInstanceUid)];
    return again ? [difference('receipt-twice', `delivery ${id} has two receipts of it`, sopInstanceUid)] : [];
  });
  if (ended !== 'succeeded') return differences;
  const without = [...wanted.keys()].filter((uid) => !had.has(uid));
  return [
    ...differences,
    ...without.map((uid) => difference('success-without-receipt', `delivery ${id} succeeded without it`, uid)),
  ];
}

/** That an attempt says of itself that it may repeat, if and only if one before it ended in doubt. */
function attempts({ id, events }) {
  let inDoubt = false;
  return events.flatMap((event) => {
    const type = typeOf(event);
    if (type === 'delivery.interrupted' || (type === 'delivery.failed' && event.data.uncertain)) inDoubt = true;
    if (type !== 'delivery.attempted' || event.data.mayRepeat === inDoubt) return [];
    const what = `attempt ${event.data.attempt} of delivery ${id}`;
    return inDoubt
      ? [difference('repetition-unsaid', `${what} does not say that it may repeat`, id)]
      : [difference('repetition-without-reason', `${what} may repeat, and none before it ended in doubt`, id)];
  });
}

/** That an operator sees how it ended. @param shown status of each delivery, as the command line tells it */
function seen({ id, ended }, shown) {
  if (ended === undefined || shown === undefined || shown.get(id) === ended) return [];
  return [difference('hidden-outcome', `it ${ended}; operators see ${shown.get(id) ?? 'nothing'}`, id)];
}

/** What came to a target beside what its deliveries say. */
function arrivals(came, own, target) {
  const kept = grouped(
    came.filter(({ status }) => wasKept(status)),
    ({ sopInstanceUid }) => sopInstanceUid,
  );
  const asked = new Map();
  for (const delivery of own)
    for (const instance of delivery.brings) {
      const one = asked.get(instance.sopInstanceUid) ?? [];
      asked.set(instance.sopInstanceUid, [...one, { delivery, instance }]);
    }
  const unasked = [...kept.keys()].filter((uid) => !asked.has(uid));
  return [
    ...unasked.map((uid) => difference('sent-unasked', `target ${target} got it, and no delivery asks for it`, uid)),
    ...[...asked].flatMap(([uid, requests]) => arrival(uid, kept.get(uid) ?? [], requests, target)),
  ];
}

function arrival(uid, came, requests, target) {
  const receiptsOf = ({ delivery }) => delivery.receipts.filter(({ data }) => data.sopInstanceUid === uid);
  const receipted = requests.filter((request) => receiptsOf(request).length > 0);
  if (receipted.length > 0 && came.length === 0)
    return [difference('receipt-without-object', `target ${target} never kept it`, uid)];
  const asStored = receipted.every((request) =>
    receiptsOf(request).every(({ data }) => data.transferSyntaxUid === request.instance.transferSyntaxUid),
  );
  const known = new Set(requests.map(({ instance }) => instance.sha256));
  const other = asStored ? came.filter(({ dataSetSha256 }) => !known.has(dataSetSha256)) : [];
  const allowed = requests.reduce((sum, request) => sum + 1 + repetitions(request.delivery, uid), 0);
  return [
    ...other.map(({ dataSetSha256 }) =>
      difference('other-bytes-delivered', `target ${target} got ${dataSetSha256}`, uid),
    ),
    ...(came.length > allowed
      ? [
          difference(
            'double-unsaid',
            `target ${target} got it ${came.length} times, the ledger explains ${allowed}`,
            uid,
          ),
        ]
      : []),
  ];
}

/** Attempts that may have brought an object once more, and say so: those in doubt before there was a receipt. */
const repetitions = ({ events }, uid) => {
  const receipt = events.findIndex(
    (event) => typeOf(event) === 'instance.delivered' && event.data.sopInstanceUid === uid,
  );
  return events
    .slice(0, receipt < 0 ? undefined : receipt)
    .filter((event) => typeOf(event) === 'delivery.attempted' && event.data.mayRepeat).length;
};
