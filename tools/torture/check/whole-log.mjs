import { sha256Of } from './read-objects.mjs';

/** The third invariant: the log is whole, and what follows from it can be derived again. Our own reckoning, and the product's. */
export function wholeLog({ events, heads }, { verify, rebuild }) {
  return [
    ...positions(events),
    ...versions(events, heads),
    ...events.flatMap((event, index) => [...hash(event), ...order(event, events[index - 1])]),
    ...said('log-does-not-verify', verify, ({ ok }) => ok === true),
    ...said('rebuild-differs', rebuild, ({ equal }) => equal === true),
  ];
}

const difference = (name, what, where) => ({ invariant: 3, name, what, where: String(where) });

/** Dense from 1 on. */
const positions = (events) =>
  events.flatMap(({ position }, index) => {
    const before = events[index - 1]?.position ?? 0;
    return position === before + 1
      ? []
      : [difference('position-missing', `position ${position} follows ${before}`, position)];
  });

/** In each stream dense from 1 on, up to what the head of the stream says. */
function versions(events, heads) {
  const last = new Map();
  const differences = events.flatMap(({ stream, sequence, position }) => {
    const before = last.get(stream) ?? 0;
    last.set(stream, sequence);
    return sequence === before + 1
      ? []
      : [difference('version-missing', `version ${sequence} of ${stream} follows ${before}`, position)];
  });
  const wrong = heads.filter(({ stream, version }) => version !== (last.get(stream) ?? 0));
  return [
    ...differences,
    ...wrong.map(({ stream, version }) =>
      difference('head-differs', `the head says ${version}, the events ${last.get(stream) ?? 0}`, stream),
    ),
  ];
}

/** SHA-256 over type, stream, time, data and metadata, each as it stands, with line feeds between. */
const hash = ({ position, type, stream, time, text, hash: kept }) =>
  sha256Of(`${type}\n${stream}\n${time}\n${text.data}\n${text.meta}`) === kept
    ? []
    : [difference('event-changed', `${type} of ${stream} is not what was hashed`, position)];

/** An event was written when the one before it was or later, and after the event that caused it. */
const order = ({ position, recordedAt, meta }, before) => [
  ...(before !== undefined && recordedAt < before.recordedAt
    ? [difference('time-goes-back', `written before position ${before.position}`, position)]
    : []),
  ...(meta.causationid !== undefined && meta.causationid >= position
    ? [difference('effect-before-cause', `caused by position ${meta.causationid}`, position)]
    : []),
];

function said(name, { code, stdout, stderr = '' }, holds) {
  let answer;
  try {
    answer = JSON.parse(stdout);
  } catch {
    return [difference(name, `it ended with ${code} and no answer: ${stderr.trim().slice(0, 500)}`, 'cli')];
  }
  return code === 0 && holds(answer) ? [] : [difference(name, stdout.trim().slice(0, 500), 'cli')];
}
