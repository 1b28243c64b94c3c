import type { EventLog } from '@waystation/event-log';
import type { Identities } from '@waystation/identity';
import { Changes } from '../project-history/changes.js';
import { nameTokensOf } from '../project-history/name-token.view.js';
import { write } from '../project-history/read-models.js';
import { StreamStates } from '../project-history/stream-states.js';
import { DueStreams } from './due-streams.js';
import type { Generation } from './generation.js';

/** Events read at a time. */
const PAGE = 2000;
/** Pages whose lines are written at a time: a series that receives is one line, not one for every page. */
const PAGES = 10;

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
    while (this.reachedPosition < position) await this.batch(position);
  }

  private async batch(last: number): Promise<void> {
    const changes = new Changes();
    let reached = this.reachedPosition;
    for (let page = 0; page < PAGES && reached < last; page++) {
      this.signal.throwIfAborted();
      const events = await this.log.readAll({ after: reached, limit: Math.min(PAGE, last - reached) });
      for (const event of events) {
        const state = await this.states.after(event);
        changes.add(event, state);
        this.due.add(event.stream, state);
      }
      changes.nameTokens.push(...(await nameTokensOf(this.identities, events)));
      reached = events.at(-1)?.position ?? last;
    }
    await this.generation.write(reached, (manager) => write(manager, changes));
    this.reachedPosition = reached;
  }
}
