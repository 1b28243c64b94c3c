import type { Consumer, EventDefinition } from '@waystation/events';
import { z } from 'zod';
import { eventsExchange } from './topology.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The same as an AsyncAPI 3.0 document: one channel per event type, an operation that sends for its producer and one
 * that receives for each consumer. Messages carry no data; the schema of the data that the log holds is in
 * `components.schemas`, and the message names it as `x-data`.
 */
export const renderAsyncApi = (
  catalogue: readonly EventDefinition[],
  consumers: readonly Consumer[],
  version: string,
): Json => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Waystation events',
    version,
    description: 'News of events: CloudEvents without data. The id is the position in the log, where the data is.',
  },
  defaultContentType: 'application/cloudevents+json',
  channels: Object.fromEntries(catalogue.map((event) => [event.type, channel(event)])),
  operations: Object.fromEntries(catalogue.flatMap((event) => operations(event, consumers))),
  components: {
    messages: Object.fromEntries(catalogue.map((event) => [event.type, message(event)])),
    schemas: {
      news,
      ...Object.fromEntries(catalogue.map((event) => [event.type, dataSchema(event)])),
    },
  },
});

const reference = (...path: readonly string[]): Json => ({ $ref: `#/${path.join('/')}` });

const channel = ({ type, summary }: EventDefinition): Json => ({
  address: type,
  summary,
  messages: { [type]: reference('components', 'messages', type) },
  bindings: {
    amqp: { is: 'routingKey', exchange: { name: eventsExchange, type: 'topic', durable: true, autoDelete: false } },
  },
});

const operations = (event: EventDefinition, consumers: readonly Consumer[]): [string, Json][] => {
  const over = { channel: reference('channels', event.type) };
  const receivers = consumers.filter(({ types }) => types.includes('#') || types.includes(event.type));
  return [
    [`${event.producer}.sends.${event.type}`, { action: 'send', ...over, summary: event.summary }],
    ...receivers.map(({ name, summary }): [string, Json] => [
      `${name}.receives.${event.type}`,
      { action: 'receive', ...over, summary },
    ]),
  ];
};

const message = ({ type, summary }: EventDefinition): Json => ({
  name: type,
  summary,
  payload: { allOf: [reference('components', 'schemas', 'news'), { properties: { type: { const: type } } }] },
  'x-data': reference('components', 'schemas', type),
});

const text = { type: 'string' };
const position = { type: 'string', pattern: '^[1-9][0-9]*$' };
const moment = { type: 'string', format: 'date-time' };

const news: Json = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'sequence', 'recordedtime'],
  properties: {
    specversion: { const: '1.0' },
    id: { ...position, description: 'Position in the log.' },
    source: { type: 'string', format: 'uri-reference', description: 'The log and its epoch.' },
    type: text,
    subject: { ...text, description: 'The stream.' },
    time: { ...moment, description: 'When the producer says it happened.' },
    sequence: { ...position, description: 'Place in the stream.' },
    recordedtime: { ...moment, description: 'When the database wrote it.' },
    correlationid: text,
    causationid: { ...position, description: 'Position of the event that caused this one.' },
    authtype: { enum: ['unauthenticated', 'user', 'service_account'] },
    authid: text,
    authaddress: text,
    traceparent: text,
  },
};

/** JSON Schema without its own `$schema`: inside AsyncAPI 3.0 draft 07 is understood. */
const dataSchema = ({ schema, type, summary }: EventDefinition): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  // References are told from the root of the document that the schema is in.
  const placed = JSON.stringify(rest).replaceAll('"#/definitions/', `"#/components/schemas/${type}/definitions/`);
  return { title: type, description: summary, ...(JSON.parse(placed) as Json) };
};
