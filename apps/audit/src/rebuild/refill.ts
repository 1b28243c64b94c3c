import type { EventLog } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { Changes } from '../project-history/changes.js';
import { nameTokensOf } from '../project-history/name-token.view.js';
import { write } from '../project-history/read-models.js';
import { StreamStates } from '../project-history/stream-states.js';
import { DueStreams } from './due-streams.js';
import type { Generation } from './generation.js';

/** Events whose lines are written at a time: a series that receives is one line then, not one for every page that is read. */
const FLUSH = 20_000;

/** Fills a generation from the beginning of the log, by the functions that bring the read models in force up to date. */
export class Refill {
  readonly due = new DueStreams();
  private readonly states: StreamStates;
  private reachedPosition = 0;

  /** @param signal ends it at the next page */
  constructor(
    private readonly log: EventLog,
    private readonly generation: Generation,
    private readonly identities: Identities,
    private readonly signal: AbortSignal,
  ) {
    this.states = new StreamStates(log);
  }

  get reached(): number {
    return this.reachedPosition;
  }

  /** Goes on to a position of the log. @throws whatever aborted the signal */
  async through(position: number): Promise<void> {
    if (position <= this.reachedPosition) return;
    let changes = new Changes();
    for await (const page of this.log.replay({ after: this.reachedPosition })) {
      this.signal.throwIfAborted();
      const events = page.filter((event) => event.position <= position);
      await this.take(events, changes);
      const { position: last } = events.at(-1) ?? { position };
      if (last < position && last - this.reachedPosition < FLUSH) continue;
      await this.flush(last, changes);
      if (last === position) return;
      changes = new Changes();
    }
  }

  private async take(events: readonly RecordedEvent[], changes: Changes): Promise<void> {
    for (const event of events) {
      const state = await this.states.after(event);
      changes.add(event, state);
      this.due.add(event, state);
    }
    changes.nameTokens.push(...(await nameTokensOf(this.identities, events)));
  }

  private async flush(position: number, changes: Changes): Promise<void> {
    await this.generation.write(position, (manager) => write(manager, changes));
    this.reachedPosition = position;
  }
}
