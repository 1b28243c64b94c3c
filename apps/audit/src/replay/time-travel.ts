import { replayStream } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import type { Instant } from '@waystation/kernel';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import { findStreams } from '../search/find-streams.js';
import { showIdentities } from '../tell-history/show-identities.js';
import { readUntil } from './read-until.js';

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

/**
 * Folds streams up to any moment of their lives, with the functions that production uses. Reads the events of the one
 * stream: how long the log is makes no difference, so that there are no snapshots that could be wrong.
 */
@Injectable()
export class TimeTravel {
  constructor(
    private readonly log: EventLog,
    private readonly identities: Identities,
  ) {}

  /**
   * The state of a stream at a position or an instant; the newest where neither is given.
   * @param at a position (`1234`) or an instant (`2026-01-31T12:00:00Z`)
   * @throws CodedError `audit.unknown-stream`, `request.invalid`
   */
  async state(stream: string, at?: string): Promise<PastState> {
    const [position, [found]] = await Promise.all([this.positionOf(at), findStreams(this.log, [stream])]);
    if (found === undefined) throw new CodedError('audit.unknown-stream', `the log has no stream ${stream}`);
    const [until, recordedtime] = await Promise.all([
      position < found.firstPosition ? [] : readUntil(this.log, stream, position),
      position === 0 ? undefined : this.log.read(position).then((event) => event.recordedtime),
    ]);
    return {
      stream,
      position,
      recordedtime,
      events: until.length,
      later: Math.max(0, found.events - until.length),
      state: await showIdentities(this.identities, replayStream(stream, until)),
    };
  }

  private async positionOf(at: string | undefined): Promise<number> {
    if (at !== undefined && at !== '' && !/^\d+$/.test(at)) return this.log.positionAt(instantOf(at));
    const head = (await this.log.head()).position;
    return at === undefined || at === '' ? head : Math.min(Number(at), head);
  }
}

const instantOf = (at: string): Instant => {
  const instant = new Date(at);
  if (INSTANT.test(at) && !Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new CodedError('request.invalid', `'${at}' is neither a position (1234) nor an instant (2026-01-31T12:00:00Z)`);
};
