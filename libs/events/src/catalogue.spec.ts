import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, definitionOf } from './catalogue.js';
import { toCloudEvent, type CloudEvent } from './cloud-event.js';
import type { Actor, RecordedEvent } from './recorded-event.js';
import { categoryOf, idOf } from './stream-name.js';

const folder = new URL('../samples/', import.meta.url);
const sampleOf = (type: string) => JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')) as CloudEvent;

const kinds: Readonly<Record<NonNullable<CloudEvent['authtype']>, Actor['kind']>> = {
  unauthenticated: 'peer',
  user: 'user',
  service_account: 'service',
};

/** The other direction of {@link toCloudEvent}, as a reader of an export would do it. */
const recordedFrom = (event: CloudEvent): RecordedEvent => ({
  type: event.type,
  data: event.data,
  position: Number(event.id),
  stream: event.subject,
  sequence: Number(event.sequence),
  time: event.time,
  recordedtime: event.recordedtime,
  metadata: {
    ...(event.correlationid === undefined ? {} : { correlationid: event.correlationid }),
    ...(event.causationid === undefined ? {} : { causationid: Number(event.causationid) }),
    ...(event.authtype === undefined || event.authid === undefined
      ? {}
      : {
          actor: {
            kind: kinds[event.authtype],
            name: event.authid,
            ...(event.authaddress === undefined ? {} : { address: event.authaddress }),
          },
        }),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  },
});

it('declares every event once', () => {
  const types = catalogue.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

it('knows an event by its type, and no other', () => {
  expect(definitionOf('instance.stored.v1')?.name).toBe('instance.stored');
  expect(definitionOf('instance.stored')).toBeUndefined();
  expect(definitionOf('instance.stored.v99')).toBeUndefined();
});

it('has no sample of an event that nobody declares', () => {
  const samples = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
  expect(samples.toSorted()).toEqual(catalogue.map(({ type }) => type as string).toSorted());
});

describe.each(catalogue.map((definition) => [definition.type, definition] as const))('%s', (type, definition) => {
  it('is named in lower case with dots, in the past tense, with its version behind', () => {
    expect(definition.name).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)*)+$/);
    expect(definition.name).toMatch(/(ed|en|held|lost|sent|timed-out)$/);
    expect(type).toBe(`${definition.name}.v${definition.version}`);
  });

  it('says in one sentence what happened', () => {
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
  });

  it('reads its stored sample and writes the same again', () => {
    const sample = sampleOf(type);
    expect(sample.type).toBe(type);
    expect(JSON.parse(JSON.stringify(definition.schema.parse(sample.data)))).toEqual(sample.data);
    expect(toCloudEvent(recordedFrom(sample), sample.source)).toEqual(sample);
  });

  it('keeps its sample in a stream of its category', () => {
    const { subject } = sampleOf(type);
    expect(categoryOf(subject)).toBe(definition.stream);
    expect(idOf(subject) === '').toBe(['configuration', 'log'].includes(definition.stream));
  });

  it('refuses data with a field that it does not declare', () => {
    const { data } = sampleOf(type);
    expect(definition.schema.safeParse({ ...(data as object), surprise: 1 }).success).toBe(false);
  });

  it('refuses data without any one of the fields it cannot do without', () => {
    const { data } = sampleOf(type) as { data: Record<string, unknown> };
    const needed = Object.keys(data).filter((field) => {
      const { [field]: _left, ...others } = data;
      return !definition.schema.safeParse(others).success;
    });
    expect(Object.keys(data).filter((field) => !needed.includes(field))).toEqual(optionalFieldsOf(type));
  });

  it('makes an event of its type', () => {
    const data = sampleOf(type).data as never;
    expect(definition.of(data)).toEqual({ type, data });
  });
});

/** The only events with a field that may be absent, as their samples have them; everything else is always written. */
const optionalFields: Readonly<Record<string, readonly string[]>> = {
  'app.announced.v1': ['settings'],
  'job.routed.v1': ['report', 'outcomes', 'notify'],
  'study.completed.v1': ['follow', 'reason'],
  'configuration.published.v1': ['changes'],
  'association.released.v1': ['series'],
  'instance.stored.v1': ['identity', 'warnings'],
  'series.completed.v1': ['because'],
  'objects.expired.v1': ['policy'],
  'delivery.requested.v1': ['priority', 'after'],
  'notification.requested.v1': ['seriesInstanceUid', 'words'],
  'job.requested.v1': ['rule', 'seriesInstanceUid', 'outcomes'],
  'job.progressed.v1': ['fraction', 'message'],
  'instance.derived.v1': ['from'],
  'job.succeeded.v1': [
    'result',
    'findings',
    'routing',
    'exitCode',
    'imageDigest',
    'peakMemoryBytes',
    'log',
    'status',
    'notification',
  ],
  'job.failed.v1': ['durationMs', 'exitCode', 'log'],
  'job.restarted.v1': ['settings'],
};
const optionalFieldsOf = (type: string): readonly string[] => optionalFields[type] ?? [];
