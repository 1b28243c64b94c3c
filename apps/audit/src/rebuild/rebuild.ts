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
      await this.replay(manager, position, onProgress);
      const digestAfter = await digestOf(manager);
      const timers = await this.rebuildTimers();
      const durationMs = Math.round(performance.now() - startedAt);
      return { position, digestBefore, digestAfter, equal: digestBefore === digestAfter, timers, durationMs };
    });
  }

  private async replay(
    manager: EntityManager,
    last: number,
    onProgress: (position: number, last: number) => void,
  ): Promise<void> {
    const states = new StreamStates(this.log);
    for (let reached = 0; reached < last;) {
      const events = await this.log.readAll({ after: reached, limit: Math.min(BATCH, last - reached) });
      const changes = new Changes();
      for (const event of events) changes.add(event, await states.after(event));
      await write(manager, changes);
      reached = events.at(-1)?.position ?? last;
      onProgress(reached, last);
    }
  }

  /** Timers follow the head of the log, not the checkpoint of the read models. */
  private async rebuildTimers(): Promise<number> {
    const states = new StreamStates(this.log);
    const due = new Map<string, Due>();
    let reached = 0;
    for (;;) {
      const events = await this.log.readAll({ after: reached, limit: BATCH });
      for (const event of events) {
        const next = dueOf(event.stream, await states.after(event));
        if (next === undefined) due.delete(event.stream);
        else due.set(event.stream, next);
      }
      const last = events.at(-1);
      if (last === undefined) break;
      reached = last.position;
    }
    await this.log.timers.replaceAll(
      [...due].map(([stream, { queue, since, afterMs }]) => ({ stream, queue, dueAt: instantAfter(since, afterMs) })),
      { through: reached },
    );
    return due.size;
  }
}

const dueOf = (stream: string, state: unknown): Due | undefined => {
  const category = categoryOf(stream);
  if (category === 'series') return seriesDecider.due(state as SeriesState);
  if (category === 'delivery') return deliveryDecider.due(state as DeliveryState);
  return undefined;
};
