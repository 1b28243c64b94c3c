import { CodedError } from '@waystation/kernel';

/** Answers `app.on(…)` of Nest: the transports have a `status` to observe, and no other events. */
export const noEventsOfItsOwn = (): never => {
  throw new CodedError('messaging.no-such-event', 'the bus has no events to listen to; observe its status instead');
};
