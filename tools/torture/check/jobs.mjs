import { typeOf } from './tell.mjs';

/** The second invariant for what is processed: every job ends, and what it made goes where its rule says, once. */
export function jobs({ expected }, told) {
  const calls = new Map(
    expected.flatMap(({ seriesInstanceUid, jobs: wanted }) =>
      wanted.map((job) => [`${seriesInstanceUid} ${job.rule}`, job]),
    ),
  );
  return told.ids('job').flatMap((id) => {
    const stream = `job/${id}`;
    const [requested] = told.of('job.requested', stream);
    const over = told.streams.get(stream).findLast((event) => OVER.has(typeOf(event)));
    if (requested === undefined || over === undefined || typeOf(over) === 'job.cancelled') return [];
    const decisions = told.of('job.routed', stream);
    if (decisions.length !== 1)
      return [difference('job-decided-not-once', `${decisions.length} decisions of what follows from it`, id)];
    if (typeOf(over) === 'job.abandoned') return [];
    const call = calls.get(`${requested.data.seriesInstanceUid} ${requested.data.rule}`);
    return [
      ...output(id, over.data, requested.data, call, told),
      ...(call === undefined ? [] : followed(id, decisions[0].data, call, told)),
    ];
  });
}

const OVER = new Set(['job.succeeded', 'job.abandoned', 'job.cancelled']);
const difference = (name, what, where) => ({ invariant: 2, name, what, where });
const listed = (names) => [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)).join(', ') || 'nothing';

/** What it made is in its stream, with its success, and nothing of an attempt that failed. */
function output(id, { attempt, outputs }, { seriesInstanceUid, input }, call, told) {
  const derived = told.of('instance.derived', `job/${id}`);
  const made = told.derived(id, attempt).length;
  const given = input.flatMap(({ instances }) => told.instances(seriesInstanceUid, instances)).length;
  const wanted = call?.outputs === undefined ? outputs.instances : call.outputs * given;
  if (made !== outputs.instances || made !== wanted)
    return [
      difference('other-output', `expected ${wanted} objects, it says ${outputs.instances}, there are ${made}`, id),
    ];
  return derived.length === made
    ? []
    : [
        difference(
          'output-of-a-failed-attempt',
          `${derived.length} objects, ${made} of the attempt that succeeded`,
          id,
        ),
      ];
}

function followed(id, { outcome, deliveries }, { targets, originals, outputs }, told) {
  const going = ['routed', 'kept'].includes(outcome);
  const found = ['output', 'original'].map((kind) =>
    listed(deliveries.filter(({ brings }) => brings.kind === kind).map(({ target }) => target)),
  );
  // What a module does not make goes nowhere.
  const wanted = [listed(outputs === 0 ? [] : targets), listed(originals ? targets : [])];
  if (going && found.join('; ') !== wanted.join('; '))
    return [
      difference(
        'wrong-decision',
        `output and originals: expected ${wanted.join('; ')}, found ${found.join('; ')}`,
        id,
      ),
    ];
  return deliveries.flatMap(({ delivery }) =>
    told.of('delivery.requested', `delivery/${delivery}`).length === 1
      ? []
      : [difference('decision-without-request', `delivery ${delivery} of job ${id} has not one request`, delivery)],
  );
}
