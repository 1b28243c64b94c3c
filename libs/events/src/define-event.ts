import type { z } from 'zod';

/** What happened, before it is written down. */
export interface NewEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** The declaration of one event: everything else (validation, topology, documents) is derived from it. */
export interface EventDefinition<Name extends string = string, Version extends number = number, Data = unknown> {
  /** Wire name without version, past tense: `instance.stored`. */
  readonly name: Name;
  readonly version: Version;
  /** CloudEvents `type` and AMQP routing key: `instance.stored.v1`. */
  readonly type: `${Name}.v${Version}`;
  /** The category of the streams it is written to: `series` for `series/<SeriesInstanceUID>`. */
  readonly stream: StreamCategory;
  /** The app that appends it. */
  readonly producer: string;
  /** One sentence for the documents. */
  readonly summary: string;
  readonly schema: z.ZodType<Data>;
  /** Makes the event. The types are the check: data from outside is parsed at the edge it comes in by. */
  of(data: Data): NewEvent<`${Name}.v${Version}`, Data>;
}

export type StreamCategory =
  | 'association'
  | 'series'
  | 'study'
  | 'job'
  | 'delivery'
  | 'notification'
  | 'patient'
  | 'quarantine'
  | 'app'
  | 'configuration'
  | 'log'
  | 'access'
  | 'subscription'
  | 'service'
  | 'store';

/** The type of the events that a definition declares. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Name, infer Version, infer Data>
    ? NewEvent<`${Name}.v${Version}`, Data>
    : never;

/** Declares an event once; its TypeScript type is inferred from the schema. */
export const defineEvent = <Name extends string, Version extends number, Schema extends z.ZodType>(
  name: Name,
  version: Version,
  declaration: { stream: StreamCategory; producer: string; summary: string; data: Schema },
): EventDefinition<Name, Version, z.infer<Schema>> => {
  const type = `${name}.v${version}` as const;
  return {
    name,
    version,
    type,
    stream: declaration.stream,
    producer: declaration.producer,
    summary: declaration.summary,
    schema: declaration.data as unknown as z.ZodType<z.infer<Schema>>,
    of: (data) => ({ type, data }),
  };
};
