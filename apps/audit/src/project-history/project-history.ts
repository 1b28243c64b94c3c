import { EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import { SETTINGS, type Settings } from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Changes } from './changes.js';
import { nameTokensOf } from './name-token.view.js';
import { projecting, reach, write } from './read-models.js';
import { StreamStates } from './stream-states.js';

const BATCH = 1000;

/** Brings the read models up to the log, batch by batch, each batch with its checkpoint in one transaction. */
@Injectable()
export class ProjectHistory {
  private readonly states: StreamStates;
  private running: Promise<number> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly views: DataSource,
    private readonly identities: Identities,
    @Inject(SETTINGS) { stateMemory }: Partial<Pick<Settings, 'stateMemory'>> = {},
  ) {
    this.states = new StreamStates(log, stateMemory);
  }

  /**
   * Catches up at least to a position; calls at the same time share the work.
   * @returns the position reached
   */
  async through(position: number): Promise<number> {
    let reached = 0;
    do {
      this.running ??= this.batch().finally(() => {
        this.running = undefined;
      });
      reached = await this.running;
    } while (reached < position);
    return reached;
  }

  private batch(): Promise<number> {
    return projecting(this.views, async (manager, reached) => {
      const events = await this.log.readAll({ after: reached, limit: BATCH });
      const last = events.at(-1);
      if (last === undefined) return reached;
      const changes = new Changes();
      changes.nameTokens.push(...(await nameTokensOf(this.identities, events)));
      for (const event of events) changes.add(event, await this.states.after(event));
      await write(manager, changes);
      await reach(manager, last.position);
      return last.position;
    });
  }
}
