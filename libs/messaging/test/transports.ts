import type { CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, RecordedEvent } from '@waystation/events';
import type { BusLogger } from '../src/bus-logger.js';

/** For tests that look at what happens and not at what is said about it. */
export const quiet: BusLogger = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** Registers a handler as Nest does for a method with `OnEvent`, and starts the transport. */
export const listen = async <T extends Server & CustomTransportStrategy>(
  transport: T,
  consumer: Consumer,
  handle: (event: RecordedEvent) => Promise<void>,
): Promise<T> => {
  transport.addHandler(consumer.name, handle, true, { consumer });
  await new Promise<void>((resolve, reject) => {
    transport.listen((error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return transport;
};

/** A promise to be kept by the test. */
export const promised = (): { readonly promise: Promise<void>; readonly keep: () => void } => {
  let keep: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (keep = resolve));
  return { promise, keep };
};
