import type { NewEvent } from '@waystation/events';
import { CodedError, type Instant } from '@waystation/kernel';
import type { AppendPart, AppendUnit } from './append-unit.js';
import type { EncodedEvent, EncodedPart, EncodedUnit } from './encoded-unit.js';
import { eventHash } from './event-hash.js';

const CONTROL = /\p{Cc}/u;
const BIGGEST_VERSION = 2 ** 31 - 1;

const refuse = (sentence: string): never => {
  throw new CodedError('log.invalid-unit', sentence);
};

const normalise = (time: string, what: string): Instant => {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds)
    ? refuse(`${what} must be an ISO 8601 instant, found ${JSON.stringify(time)}`)
    : new Date(milliseconds).toISOString();
};

const checkPart = ({ stream, expected, timer }: AppendPart): void => {
  if (stream === '' || CONTROL.test(stream)) {
    refuse(`a stream name must be text without control characters, found ${JSON.stringify(stream)}`);
  }
  if (expected !== 'any' && !(Number.isInteger(expected) && expected >= 0 && expected <= BIGGEST_VERSION)) {
    refuse(`the expected version of stream ${stream} must be a whole number or 'any', found ${expected}`);
  }
  if (!timer) return;
  if (timer.queue === '' || CONTROL.test(timer.queue)) {
    refuse(`the timer of stream ${stream} must name a queue, found ${JSON.stringify(timer.queue)}`);
  }
  if (!Number.isFinite(timer.afterMs)) {
    refuse(`the timer of stream ${stream} must be due after a number of milliseconds, found ${timer.afterMs}`);
  }
};

const encodeEvent = (event: NewEvent, stream: string, time: Instant, metadata: string): EncodedEvent => {
  if (event.type === '' || CONTROL.test(event.type)) {
    refuse(`an event type must be text without control characters, found ${JSON.stringify(event.type)}`);
  }
  const data = JSON.stringify(event.data) as string | undefined;
  if (data === undefined) return refuse(`the data of ${event.type} for stream ${stream} has no JSON form`);
  return { event, data, hash: eventHash({ type: event.type, stream, time, data, metadata }) };
};

const encodePart = (part: AppendPart, unit: AppendUnit, time: Instant): EncodedPart => {
  checkPart(part);
  const metadata = part.metadata ?? unit.metadata;
  const metadataText = JSON.stringify(metadata);
  const { stream, expected } = part;
  const timer = part.timer?.since
    ? { ...part.timer, since: normalise(part.timer.since, `the timer of stream ${stream}`) }
    : part.timer;
  const events = part.events.map((event) => encodeEvent(event, stream, time, metadataText));
  return { stream, expected, time, metadata, metadataText, timer, events };
};

/**
 * Checks a unit and turns it into bytes and hashes.
 * @throws log.invalid-unit
 */
export const encodeUnit = (unit: AppendUnit): EncodedUnit => {
  const time = normalise(unit.time, 'the time of an append');
  const parts = unit.parts.map((part) => encodePart(part, unit, time));
  let eventCount = 0;
  let size = 0;
  for (const { stream, events, metadataText } of parts) {
    eventCount += events.length;
    size += stream.length + metadataText.length + 100;
    for (const { data } of events) size += data.length + 150;
  }
  return { parts, eventCount, size };
};
