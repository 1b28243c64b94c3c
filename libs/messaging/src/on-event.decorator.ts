import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { Consumer, RecordedEvent } from '@waystation/events';
import { PassOnFilter } from './pass-on.filter.js';

/** Event types that reach a consumer: those it lists, or any where it listens to `#`. */
type TypeHeardBy<C extends Consumer> = '#' extends C['types'][number] ? string : C['types'][number];

type EventMethod<C extends Consumer> = <Event extends RecordedEvent>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<(event: Event) => Promise<void>> &
    (TypeHeardBy<C> extends Event['type']
      ? unknown
      : { readonly error: 'the parameter does not accept every event type that the consumer listens to' }),
) => void;

/**
 * Marks the method of a Nest controller that handles the events of a consumer. It gets the event as the log holds it,
 * at least once, and the events of one stream in order unless one of them has to be tried again. When the promise
 * resolves the event is handled; when it rejects the event is tried again later, a few times, and then put aside.
 * RabbitMQ takes an event back after 30 minutes (`consumer_timeout`): long work belongs behind a timer, not in here.
 */
export const OnEvent = <const C extends Consumer>(consumer: C): EventMethod<C> =>
  // Nest types `@EventPattern(name)` by a map of events and then refuses our parameter; the explicit string does not.
  applyDecorators(EventPattern<string>(consumer.name, { consumer }), UseFilters(PassOnFilter));
