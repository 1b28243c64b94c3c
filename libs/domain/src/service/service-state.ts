import type { Recorded, ServiceStarted, ServiceStopped } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** Everything that happens to the processes of a service. */
export type ServiceEvent = ServiceStarted | ServiceStopped;

/** Processes of a service that were not told to end, by host and process id: they run, or they died. */
export interface ServiceState {
  readonly startedAt: Readonly<Record<string, Instant>>;
}

export const neverStarted: ServiceState = { startedAt: {} };

/** What an event makes of it. */
export const evolveService = ({ startedAt }: ServiceState, event: Recorded<ServiceEvent>): ServiceState => {
  const process = `${event.data.host}/${event.data.pid}`;
  if (event.type === 'service.started.v1') return { startedAt: { ...startedAt, [process]: event.recordedtime } };
  const { [process]: _stopped, ...others } = startedAt;
  return { startedAt: others };
};
