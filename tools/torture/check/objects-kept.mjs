import { wasKept } from './evidence.mjs';
import { grouped } from './grouped.mjs';
import { namedObjects } from './read-objects.mjs';

/** The first invariant: what was answered Success is there bit by bit with its event, and nothing without. */
export function objectsKept({ sent, reaped = false }, told, objects) {
  const named = namedObjects(told.events);
  return [
    ...acknowledged(sent, told),
    ...invented(sent, told),
    ...twice(told),
    ...named.flatMap((object) => kept(object, objects)),
    ...unnamed(sent, named, told, objects, reaped),
  ];
}

const difference = (name, what, where) => ({ invariant: 1, name, what, where });
const KEEPING = ['instance.stored', 'instance.duplicated', 'instance.conflicted'];

/** What the log says of an object that it keeps or kept before. */
const keeping = (told, series) =>
  KEEPING.flatMap((type) => told.of(type, `series/${series}`)).map(({ data }) => ({
    ...data,
    sha256: data.sha256 ?? data.object.sha256,
  }));

function acknowledged(sent, told) {
  const differences = [];
  const bySeries = grouped(
    sent.filter(({ answer }) => wasKept(answer)),
    ({ seriesInstanceUid }) => seriesInstanceUid,
  );
  for (const [series, objects] of bySeries) {
    const events = grouped(keeping(told, series), ({ sopInstanceUid }) => sopInstanceUid);
    for (const { sender, sopInstanceUid, sha256, transferSyntaxUid } of objects) {
      const event = events.get(sopInstanceUid)?.find((one) => one.sha256 === sha256);
      if (event === undefined)
        differences.push(
          difference(
            'success-without-event',
            `${sender} was told Success, and the log has no such object`,
            sopInstanceUid,
          ),
        );
      else if ((event.transferSyntaxUid ?? transferSyntaxUid) !== transferSyntaxUid)
        differences.push(
          difference(
            'other-transfer-syntax',
            `sent in ${transferSyntaxUid}, the event says ${event.transferSyntaxUid}`,
            sopInstanceUid,
          ),
        );
    }
  }
  return differences;
}

function invented(sent, told) {
  const known = new Set(sent.map(({ sopInstanceUid, sha256 }) => `${sopInstanceUid} ${sha256}`));
  return told
    .ids('series')
    .flatMap((series) => keeping(told, series))
    .filter(({ sopInstanceUid, sha256 }) => !known.has(`${sopInstanceUid} ${sha256}`))
    .map(({ sopInstanceUid, sha256 }) =>
      difference('event-of-nothing', `the log has ${sha256}, which nobody sent`, sopInstanceUid),
    );
}

const twice = (told) =>
  told.ids('series').flatMap((series) => {
    const seen = new Set();
    return told.of('instance.stored', `series/${series}`).flatMap(({ data: { sopInstanceUid } }) => {
      const again = seen.has(sopInstanceUid);
      seen.add(sopInstanceUid);
      return again ? [difference('stored-twice', `series ${series} has two events of it`, sopInstanceUid)] : [];
    });
  });

/** That an event's object is there as the event says. */
function kept({ key, sha256, size, what }, { found, expired }) {
  if (expired.has(key) || [...expired].some((prefix) => prefix.endsWith('/') && key.startsWith(prefix))) return [];
  const there = found.get(key);
  if (there?.fault !== undefined) return [difference('event-without-object', `${what}: ${there.fault}`, key)];
  if (there.sha256 !== sha256)
    return [difference('other-bytes', `${what} says ${sha256}, the store has ${there.sha256}`, key)];
  return there.size === size
    ? []
    : [difference('other-size', `${what} says ${size} bytes, the store has ${there.size}`, key)];
}

/**
 * What the store holds and no event names. Until it was removed it may be the copy of an object that was sent again, one of
 * which the sender was not told Success, whole or as far as a write came that failed, or what an attempt made that did not
 * succeed.
 */
function unnamed(sent, named, told, { unnamed: objects }, reaped) {
  const explained = new Set([...sent, ...named].map(({ sha256 }) => sha256));
  const failed = ['job.failed', 'job.timed-out', 'job.cancelled'].some((type) => told.of(type).length > 0);
  return objects.flatMap(({ key, claims, sha256, fault }) => {
    if (reaped) return [difference('object-without-event', 'no event names it', key)];
    return explained.has(sha256) || explained.has(claims) || failed
      ? []
      : [difference('object-of-nobody', `nobody sent or made ${sha256 ?? fault}`, key)];
  });
}
