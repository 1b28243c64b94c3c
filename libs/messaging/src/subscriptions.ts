import type { MessageHandler } from '@nestjs/microservices';
import type { Consumer, RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EventHandler } from './event-handler.js';

/** A consumer and the method that does its work. */
export interface Subscription {
  readonly consumer: Consumer;
  readonly handle: EventHandler;
}

/** What `OnEvent` registered with a transport. Throws `messaging.no-consumer` for a bare `EventPattern`. */
export const subscriptionsOf = (handlers: ReadonlyMap<string, MessageHandler>): readonly Subscription[] =>
  [...handlers].map(([pattern, handler]) => {
    const consumer: unknown = handler.extras?.['consumer'];
    if (isConsumer(consumer)) return { consumer, handle: settled(handler) };
    throw new CodedError('messaging.no-consumer', `the handler of '${pattern}' was not declared with OnEvent`);
  });

/** Nest answers with a value, or with an Observable where interceptors or filters took part; both carry the failure. */
const settled =
  (handler: MessageHandler<RecordedEvent>): EventHandler =>
  async (event) => {
    const answer: unknown = await handler(event);
    if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
  };

const isConsumer = (value: unknown): value is Consumer =>
  typeof value === 'object' && value !== null && 'name' in value && 'types' in value;
