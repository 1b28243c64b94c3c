import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import {
  messageFlow,
  type DeliveryRedriven,
  type DeliveryReleased,
  type DeliveryRequested,
  type Recorded,
  type RecordedEvent,
  type SeriesCompleted,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { OnEvent } from './on-event.decorator.js';
import { subscriptionsOf } from './subscriptions.js';

type Method<Event> = TypedPropertyDescriptor<(event: Event) => Promise<void>>;

/** What Nest registers with a transport. */
class Registrations extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly handlers = this.messageHandlers;
  listen(): void {}
  close(): void {}
  on(): void {}
  unwrap<T>(): T {
    throw new Error('nothing to unwrap');
  }
}

const registered = async (decorate: MethodDecorator, handle: (event: RecordedEvent) => Promise<void>) => {
  class Policy {
    on(event: RecordedEvent): Promise<void> {
      return handle(event);
    }
  }
  class Routing {}
  decorate(Policy.prototype, 'on', Object.getOwnPropertyDescriptor(Policy.prototype, 'on') ?? {});
  Controller()(Policy);
  Module({ controllers: [Policy] })(Routing);
  const strategy = new Registrations();
  const app = await NestFactory.createMicroservice(Routing, { strategy, logger: false });
  await app.init();
  return strategy.handlers;
};

const event: RecordedEvent = {
  type: 'series.completed.v1',
  data: {},
  position: 1,
  stream: 'series/1.2.3',
  sequence: 1,
  time: '2026-01-31T12:00:00.000Z',
  recordedtime: '2026-01-31T12:00:00.000Z',
  metadata: {},
};

describe('OnEvent', () => {
  it('registers the method with its consumer and gives it the event as it is', async () => {
    const seen: RecordedEvent[] = [];
    const handlers = await registered(OnEvent(messageFlow.routeSeries) as MethodDecorator, async (recorded) => {
      seen.push(recorded);
    });
    const [subscription] = subscriptionsOf(handlers);
    await subscription?.handle(event);
    expect(subscription?.consumer).toEqual(messageFlow.routeSeries);
    expect(seen).toEqual([event]);
  });

  it('hands the error of the method to the transport, not the one that Nest would put in its place', async () => {
    const error = new CodedError('routing.no-rules', 'there are no rules');
    const handlers = await registered(OnEvent(messageFlow.routeSeries) as MethodDecorator, () => Promise.reject(error));
    await expect(subscriptionsOf(handlers)[0]?.handle(event)).rejects.toBe(error);
  });

  it('is the only way to register a handler', async () => {
    const handlers = await registered(EventPattern<string>('series.completed.v1'), () => Promise.resolve());
    expect(() => subscriptionsOf(handlers)).toThrow(
      "the handler of 'series.completed.v1' was not declared with OnEvent",
    );
  });

  it('does not compile for a method that does not take every event of the consumer', () => {
    const decorate = OnEvent(messageFlow.wakeLanes);
    const all: Method<Recorded<DeliveryRequested | DeliveryReleased | DeliveryRedriven>> = {
      value: () => Promise.resolve(),
    };
    const one: Method<RecordedEvent<DeliveryRequested>> = { value: () => Promise.resolve() };
    const other: Method<RecordedEvent<SeriesCompleted>> = { value: () => Promise.resolve() };
    decorate({}, 'on', all);
    // @ts-expect-error a delivery that was redriven would reach it too
    decorate({}, 'on', one);
    // @ts-expect-error completed series never reach it
    decorate({}, 'on', other);
    // @ts-expect-error everything reaches it
    OnEvent(messageFlow.projectHistory)({}, 'on', one);
  });
});
