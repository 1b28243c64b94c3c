import { ServiceStarted, ServiceStopped } from '@waystation/events';
import { recorded } from '@waystation/testing';
import { expect, it } from 'vitest';
import { evolveService, neverStarted, type ServiceEvent } from './service-state.js';

const at = { stream: 'service/audit', recordedtime: '2026-01-31T12:00:00.000Z' } as const;
const process = (pid: number) => ({ host: 'waystation-1', pid });

it('knows the processes that were not told to end', () => {
  const events: readonly ServiceEvent[] = [
    ServiceStarted.of(process(1)),
    ServiceStarted.of(process(2)),
    ServiceStopped.of(process(1)),
  ];
  const state = events.map((event) => recorded(event, at)).reduce(evolveService, neverStarted);
  expect(state).toEqual({ startedAt: { 'waystation-1/2': '2026-01-31T12:00:00.000Z' } });
});
