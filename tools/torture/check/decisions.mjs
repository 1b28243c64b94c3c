import { createHash } from 'node:crypto';
import { grouped } from './grouped.mjs';

/** The second invariant, first half: every series reaches exactly the decision that its final content calls for. */
export function decisions({ expected }, told) {
  const byUid = new Map(expected.map((series) => [series.seriesInstanceUid, series]));
  return told.ids('series').flatMap((uid) => {
    const stored = told.stored(uid);
    if (stored.length === 0) return [];
    const expectation = byUid.get(uid);
    if (expectation === undefined) return [difference('unexpected-series', 'nobody expects this series', uid)];
    const open = undecided(uid, stored, told);
    return open.length > 0 ? open : decided(uid, stored, expectation, told);
  });
}

const difference = (name, what, where) => ({ invariant: 2, name, what, where });
const listed = (names) => [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)).join(', ') || 'nothing';

/** Whether the last revision is about all of it, each revision complete once and decided once. */
function undecided(uid, stored, told) {
  const completed = told.of('series.completed', `series/${uid}`);
  const last = completed.at(-1);
  const late = stored.filter(({ sequence }) => last === undefined || sequence > last.sequence);
  if (late.length > 0)
    return [difference('objects-undecided', `${late.length} objects came after the last completion`, uid)];
  const routed = told.of('series.routed', `series/${uid}`);
  const differences = [];
  for (const [index, { data }] of completed.entries()) {
    if (data.revision !== index + 1)
      differences.push(difference('revision-missing', `revision ${data.revision} is the completion ${index + 1}`, uid));
    const made = routed.filter((event) => event.data.revision === data.revision).length;
    if (made === 0) differences.push(difference('revision-undecided', `no decision of revision ${data.revision}`, uid));
    if (made > 1) differences.push(difference('decided-twice', `${made} decisions of revision ${data.revision}`, uid));
  }
  if (last.data.instances !== stored.length || last.data.digest !== digestOf(stored))
    differences.push(
      difference('other-content', `it was completed with ${last.data.instances} of ${stored.length} objects`, uid),
    );
  return differences;
}

/** SHA-256 over `SOPInstanceUID sha256\n` in order of UID, as the schema of the event says. */
function digestOf(stored) {
  const hash = createHash('sha256');
  const ordered = stored.toSorted((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
  for (const { sopInstanceUid, sha256 } of ordered) hash.update(`${sopInstanceUid} ${sha256}\n`);
  return hash.digest('hex');
}

function decided(uid, stored, expectation, told) {
  const routed = told.of('series.routed', `series/${uid}`);
  const wrong = routed.flatMap(({ data }) => wrongDecision(uid, data, expectation));
  if (wrong.length > 0) return wrong;
  const deliveries = routed.flatMap(({ data }) => data.deliveries);
  const jobs = routed.flatMap(({ data }) => data.jobs ?? []);
  const wholeOf = (whom, ranges) =>
    covered(
      whom,
      stored,
      ranges.flatMap((range) => told.instances(uid, range)),
    );
  return [
    ...deliveries.flatMap(({ delivery }) => requestedOnce(told, 'delivery', delivery, uid)),
    ...jobs.flatMap(({ job }) => requestedOnce(told, 'job', job, uid)),
    ...expectation.targets.flatMap((target) => {
      const own = deliveries.filter((one) => one.target === target);
      const requests = own.flatMap(({ delivery }) => told.of('delivery.requested', `delivery/${delivery}`));
      return wholeOf(
        `target ${target}`,
        requests.map(({ data }) => data.instances),
      );
    }),
    ...expectation.jobs.flatMap(({ rule }) => {
      const own = jobs.filter((one) => one.rule === rule);
      const requests = own.flatMap(({ job }) => told.of('job.requested', `job/${job}`));
      return wholeOf(
        `rule ${rule}`,
        requests.flatMap(({ data }) => data.input.map(({ instances }) => instances)),
      );
    }),
  ];
}

function wrongDecision(uid, { revision, outcome, deliveries, jobs = [] }, expectation) {
  const pairs = [
    ['outcome', outcome, expectation.outcome],
    ['targets', listed(deliveries.map(({ target }) => target)), listed(expectation.targets)],
    [
      'jobs',
      listed(jobs.map(({ rule, module }) => `${module} for ${rule}`)),
      listed(expectation.jobs.map(({ rule, module }) => `${module} for ${rule}`)),
    ],
  ];
  return pairs
    .filter(([, found, wanted]) => found !== wanted)
    .map(([what, found, wanted]) =>
      difference('wrong-decision', `${what} of revision ${revision}: expected ${wanted}, found ${found}`, uid),
    );
}

function requestedOnce(told, kind, id, uid) {
  const requests = told.of(`${kind}.requested`, `${kind}/${id}`).length;
  return requests === 1
    ? []
    : [difference('decision-without-request', `${kind} ${id} of series ${uid} has ${requests} requests`, id)];
}

/** Whether what was requested concerns every object, and each once. */
function covered(whom, stored, requested) {
  // Without any request that is the difference.
  if (requested.length === 0) return [];
  const counts = grouped(requested, ({ sopInstanceUid }) => sopInstanceUid);
  return stored.flatMap(({ sopInstanceUid }) => {
    const count = counts.get(sopInstanceUid)?.length ?? 0;
    if (count === 1) return [];
    return [difference(count === 0 ? 'not-requested' : 'requested-twice', `for ${whom}`, sopInstanceUid)];
  });
}
