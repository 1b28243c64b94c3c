import { replayStream } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import type { Instant } from '@waystation/kernel';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';

/** ISO 8601 with a time zone, or a day in UTC. Without this anything would do that `Date` makes a guess at. */
const INSTANT = /^[1-9]\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A state of the past. */
export interface PastState {
  readonly stream: string;
  /** The last position that was looked at. */
  readonly position: number;
  /** When that position was recorded. */
  readonly recordedtime: Instant | undefined;
  /** How many events of the stream lead to the state, and how many came later. */
  readonly events: number;
  readonly later: number;
  readonly state: unknown;
}

/** Folds streams up to any moment of their lives, with the functions that production uses. */
@Injectable()
export class TimeTravel {
  constructor(private readonly log: EventLog) {}

  /**
   * The state of a stream at a position or an instant; the newest where neither is given.
   * @param at a position (`1234`) or an instant (`2026-01-31T12:00:00Z`)
   * @throws CodedError `audit.unknown-stream`, `request.invalid`
   */
  async state(stream: string, at: string | undefined): Promise<PastState> {
    const position = await this.positionOf(at);
    const events = await this.log.readStream(stream);
    if (events.length === 0) throw new CodedError('audit.unknown-stream', `the log has no stream ${stream}`);
    const until = events.filter((event) => event.position <= position);
    return {
      stream,
      position,
      recordedtime: position === 0 ? undefined : (await this.log.read(position)).recordedtime,
      events: until.length,
      later: events.length - until.length,
      state: replayStream(stream, until),
    };
  }

  private async positionOf(at: string | undefined): Promise<number> {
    const head = (await this.log.head()).position;
    if (at === undefined || at === '') return head;
    if (/^\d+$/.test(at)) return Math.min(Number(at), head);
    const instant = new Date(at);
    if (!INSTANT.test(at) || Number.isNaN(instant.getTime())) {
      const message = `'${at}' is neither a position (1234) nor an instant (2026-01-31T12:00:00Z)`;
      throw new CodedError('request.invalid', message);
    }
    return this.log.positionAt(instant.toISOString());
  }
}
