import type { RecordedEvent } from '@waystation/events';

/** What the bus reads of the event log. `EventLog` of `@waystation/event-log` is one. */
export interface LogReader {
  /** The event at a position; rejects with `log.no-such-position` where there is none. */
  read(position: number): Promise<RecordedEvent>;
  /** The events behind a position, in order and without a hole. */
  readAll(range: { after: number; limit: number }): Promise<readonly RecordedEvent[]>;
  /** Calls back after appends, at least every second, and sometimes for nothing. Returns how to stop it. */
  onAppended(listener: () => void): () => void;
  readonly checkpoints: Checkpoints;
}

/** Where the log ends for now. */
export interface LogEnd {
  /** The last event; position 0 while the log is empty. */
  head(): Promise<{ readonly position: number }>;
}

/** Positions by name, kept beside the log. */
export interface Checkpoints {
  /** 0 where none was ever set. */
  get(name: string): Promise<number>;
  set(name: string, position: number): Promise<void>;
}

/** Elects one process among all that work on a log. */
export interface Elections extends Checkpoints {
  /** Takes the office until it is given back or lost; undefined while another process has it. */
  take(office: string): Promise<Office | undefined>;
}

/** What one process at a time does for all. */
export interface Office {
  /** Aborted when it was lost; then another process may have it already. */
  readonly lost: AbortSignal;
  /** Sets a checkpoint; rejects with `log.office-lost` and sets nothing where another process may be in office. */
  save(checkpoint: string, position: number): Promise<void>;
  giveBack(): Promise<void>;
}
