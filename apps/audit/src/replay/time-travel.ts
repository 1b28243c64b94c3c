import type { PastState } from '@waystation/answers';
import { replayStream } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import { findStreams } from '../search/find-streams.js';
import { showIdentities } from '../tell-history/show-identities.js';
import { instantOf } from './instant-of.js';
import { readUntil } from './read-until.js';

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
