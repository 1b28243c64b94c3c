import { deliveryDecider, seriesDecider, type DeliveryState, type Due, type SeriesState } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { categoryOf } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Changes } from '../project-history/changes.js';
import { ProjectHistory } from '../project-history/project-history.js';
import { clear, digestOf, projecting, write } from '../project-history/read-models.js';
import { StreamStates } from '../project-history/stream-states.js';

const BATCH = 2000;

export interface RebuildReport {
  /** Position up to which the read models were and are built. */
  readonly position: number;
  readonly digestBefore: string;
  readonly digestAfter: string;
  readonly equal: boolean;
  /** Timers that follow from the log: those that were missing are set, those that nothing asks for are gone. */
  readonly timers: number;
  readonly durationMs: number;
}

/**
 * Drops everything that is derived from the log and derives it again, in one transaction: readers see the old lines
 * until the new ones are there. Nothing is sent and nothing decided.
 */
@Injectable()
export class Rebuild {
  constructor(
    private readonly log: EventLog,
    private readonly views: DataSource,
    private readonly project: ProjectHistory,
  ) {}

  /** @param onProgress told the position reached and the last one, about once a batch */
  async run(onProgress: (position: number, last: number) => void = () => undefined): Promise<RebuildReport> {
    const report = await this.deriveAgain(onProgress);
    // Where the checkpoint was lost, too, it was about nothing.
    await this.project.through((await this.log.head()).position);
    return report;
  }

  private deriveAgain(onProgress: (position: number, last: number) => void): Promise<RebuildReport> {
    const startedAt = performance.now();
    return projecting(this.views, async (manager, position) => {
      const digestBefore = await digestOf(manager);
      await clear(manager);
      const dueStreams = await this.replay(manager, position, onProgress);
      const digestAfter = await digestOf(manager);
      await this.setTimers(dueStreams);
      const timers = dueStreams.due.size;
      const durationMs = Math.round(performance.now() - startedAt);
      return { position, digestBefore, digestAfter, equal: digestBefore === digestAfter, timers, durationMs };
    });
  }

  /** One pass over the log: lines up to the checkpoint of the read models, timers up to the head. */
  private async replay(
    manager: EntityManager,
    last: number,
    onProgress: (position: number, last: number) => void,
  ): Promise<DueStreams> {
    const states = new StreamStates(this.log);
    const due = new Map<string, Due>();
    for (let reached = 0; ;) {
      const events = await this.log.readAll({ after: reached, limit: BATCH });
      const changes = new Changes();
      for (const event of events) {
        const state = await states.after(event);
        if (event.position <= last) changes.add(event, state);
        const next = dueOf(event.stream, state);
        if (next === undefined) due.delete(event.stream);
        else due.set(event.stream, next);
      }
      await write(manager, changes);
      const end = events.at(-1);
      if (end === undefined) return { due, through: reached };
      reached = end.position;
      onProgress(Math.min(reached, last), last);
    }
  }

  private async setTimers({ due, through }: DueStreams): Promise<void> {
    await this.log.timers.replaceAll(
      [...due].map(([stream, { queue, since, afterMs }]) => ({ stream, queue, dueAt: instantAfter(since, afterMs) })),
      { through },
    );
  }
}

/** What has to be looked at later, by stream, as the log says up to a position. */
interface DueStreams {
  readonly due: ReadonlyMap<string, Due>;
  readonly through: number;
}

const dueOf = (stream: string, state: unknown): Due | undefined => {
  const category = categoryOf(stream);
  if (category === 'series') return seriesDecider.due(state as SeriesState);
  if (category === 'delivery') return deliveryDecider.due(state as DeliveryState);
  return undefined;
};
