import type { LogLevel } from './log-level.js';

/** A line that operators may search for and alert on: its sentence stays the same. */
export interface LogEvent {
  readonly level: LogLevel;
  readonly sentence: string;
}

/** The lines that more than one service writes, or that an alert is worth. */
export const logEvents = {
  started: { level: 'info', sentence: 'started' },
  listening: { level: 'info', sentence: 'listening' },
  stopping: { level: 'info', sentence: 'stopping: no new work is taken' },
  stopped: { level: 'info', sentence: 'stopped' },
  associationRejected: { level: 'warn', sentence: 'association rejected' },
  storeRefused: { level: 'error', sentence: 'object refused: it could not be made durable' },
  deliveryFailed: { level: 'warn', sentence: 'delivery failed; it will be tried again' },
  deliveryAbandoned: { level: 'error', sentence: 'delivery abandoned' },
  dependencyLost: { level: 'error', sentence: 'a service that is needed cannot be reached' },
  dependencyBack: { level: 'info', sentence: 'a service that is needed is back' },
} as const satisfies Readonly<Record<string, LogEvent>>;
