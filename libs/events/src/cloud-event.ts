import type { Actor, RecordedEvent } from './recorded-event.js';

/** An event in CloudEvents 1.0 words (JSON format), as it leaves the system. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly sequence: string;
  readonly recordedtime: string;
  readonly correlationid?: string;
  readonly causationid?: string;
  /** In the words of the CloudEvents extension Auth Context. */
  readonly authtype?: 'unauthenticated' | 'user' | 'service_account';
  readonly authid?: string;
  /** Network address of whoever made it happen; an extension of our own. */
  readonly authaddress?: string;
  readonly traceparent?: string;
  readonly datacontenttype?: 'application/json';
  readonly data?: unknown;
}

/** An AE title is a claim, not a credential: a peer is nobody whose identity was checked. */
const authTypes: Readonly<Record<Actor['kind'], NonNullable<CloudEvent['authtype']>>> = {
  peer: 'unauthenticated',
  user: 'user',
  service: 'service_account',
};

const authContext = ({ kind, name, address }: Actor) => ({
  authtype: authTypes[kind],
  authid: name,
  ...(address === undefined ? {} : { authaddress: address }),
});

/**
 * Translates an event of the log into CloudEvents 1.0.
 * @param source the log and its epoch, for example `/log/main/1`
 */
export const toCloudEvent = (event: RecordedEvent, source: string): CloudEvent => ({
  ...toNews(event, source),
  datacontenttype: 'application/json',
  data: event.data,
});

/**
 * The same without `data`: what travels over the broker. Consumers read the log for what happened,
 * so a message is small, carries no patient identity, and cannot disagree with the truth.
 */
export const toNews = ({ metadata, ...event }: RecordedEvent, source: string): CloudEvent => ({
  specversion: '1.0',
  id: String(event.position),
  source,
  type: event.type,
  subject: event.stream,
  time: event.time,
  sequence: String(event.sequence),
  recordedtime: event.recordedtime,
  ...(metadata.correlationid === undefined ? {} : { correlationid: metadata.correlationid }),
  ...(metadata.causationid === undefined ? {} : { causationid: String(metadata.causationid) }),
  ...(metadata.actor === undefined ? {} : authContext(metadata.actor)),
  ...(metadata.traceparent === undefined ? {} : { traceparent: metadata.traceparent }),
});
