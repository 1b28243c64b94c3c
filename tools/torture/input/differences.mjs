/** A reason that no receiver gives on purpose: an error of the language that something else caught. */
const UNFORESEEN =
  /Cannot read|is not a function|is not iterable|is out of range|(of|is) undefined|ERR_|ingest\.unexpected/;

/**
 * What of all that happened is not as it was promised, a sentence each.
 * @param ledger what attackers were told
 * @param goodPeer what somebody was told who did everything right
 * @param facts what the log and the object store say
 */
export function differences(ledger, goodPeer, facts) {
  return [
    ...goodPeer.failures.map((failure) => `a good peer was disturbed: ${failure}`),
    ...ledger.hangs.map((name) => `${name}: the receiver left the connection open`),
    ...ledger.strange.map(({ name, status }) => `${name}: an answer to what was not asked, status ${hex(status)}`),
    ...lost([...goodPeer.kept, ...ledger.kept], facts),
    ...hidden(ledger.refused, facts),
    ...[...facts.unreadable].map(([sha256, found]) => `the object ${sha256} is not what its event says: ${found}`),
    ...untold(ledger, facts),
    ...unforeseen(facts),
  ];
}

const hex = (status) => `0x${(status ?? 0).toString(16).padStart(4, '0')}`;

const lost = (kept, facts) =>
  kept
    .filter(({ sha256 }) => !facts.kept.has(sha256))
    .map(({ name, sopInstanceUid }) => `${name}: ${sopInstanceUid} was answered Success and is not in the log`);

/** A refused object is in quarantine with its bytes, or the refusal is an event. */
function hidden(refused, facts) {
  const events = new Map();
  for (const { uid } of facts.refused) events.set(uid, (events.get(uid) ?? 0) + 1);
  let unnamed = [...events.values()].reduce((sum, count) => sum + count, 0);
  const silent = [];
  for (const one of refused) {
    if (one.sha256 !== undefined && facts.aside.has(one.sha256)) continue;
    if (unnamed > 0) unnamed -= 1;
    else silent.push(`${one.name}: ${hex(one.status)} for ${one.sopInstanceUid} is neither in quarantine nor an event`);
  }
  return silent;
}

/** Every association that was accepted has an end with a reason, and every other connection a rejection. */
function untold(ledger, { associations, rejected }) {
  const noted = associations.length + rejected.length;
  return [
    ...associations.filter(({ type }) => type === null).map(({ stream_no: no }) => `association ${no} has no end`),
    ...[...associations, ...rejected]
      .filter(({ type, reason }) => type !== 'association.released.v1' && type !== null && !reason)
      .map(() => 'an association was ended or rejected without a reason'),
    ...(associations.length < ledger.accepted
      ? [`${ledger.accepted} associations were accepted, the log has ${associations.length}`]
      : []),
    ...(noted < ledger.heard || noted > ledger.connections
      ? [`of ${ledger.connections} connections ${ledger.heard} were heard, the log tells of ${noted}`]
      : []),
  ];
}

const unforeseen = ({ associations, rejected, refused, aside }) =>
  [...associations, ...rejected, ...refused, ...[...aside.values()].map((reason) => ({ reason }))]
    .map(({ reason, code = '' }) => `${code} ${reason ?? ''}`.trim())
    .filter((reason) => UNFORESEEN.test(reason))
    .map((reason) => `an unforeseen error was caught: ${reason}`);
