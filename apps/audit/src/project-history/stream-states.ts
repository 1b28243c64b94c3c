import {
  deliveryDecider,
  jobDecider,
  notificationDecider,
  patientDecider,
  replayStream,
  seriesDecider,
  studyDecider,
  type Decider,
} from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import { categoryOf, type NewEvent, type Recorded, type RecordedEvent } from '@waystation/events';

/** Streams whose state is kept in memory; the others are folded again when they come up. */
const KEPT = 2000;

const folded: ReadonlySet<string> = new Set(['series', 'study', 'job', 'delivery', 'notification', 'patient']);

/** The states of streams as a reader meets their events one after another. */
export class StreamStates {
  private readonly states = new Map<string, { readonly sequence: number; readonly state: unknown }>();

  constructor(private readonly log: EventLog) {}

  /** The state of the event's stream after it; undefined for streams that no read model folds. */
  async after(event: RecordedEvent): Promise<unknown> {
    if (!folded.has(categoryOf(event.stream))) return undefined;
    const known = this.states.get(event.stream);
    const state =
      known?.sequence === event.sequence - 1 || event.sequence === 1
        ? evolve(event, known?.state)
        : replayStream(event.stream, await this.log.readStream(event.stream, { through: event.sequence }));
    this.keep(event, state);
    return state;
  }

  /** Forgets everything, for a reader that starts over. */
  clear(): void {
    this.states.clear();
  }

  private keep({ stream, sequence }: RecordedEvent, state: unknown): void {
    this.states.delete(stream);
    this.states.set(stream, { sequence, state });
    const [oldest] = this.states.keys();
    if (this.states.size > KEPT && oldest !== undefined) this.states.delete(oldest);
  }
}

const evolve = (event: RecordedEvent, before: unknown): unknown => {
  const category = categoryOf(event.stream);
  if (category === 'series') return evolveWith(seriesDecider, event, before);
  if (category === 'study') return evolveWith(studyDecider, event, before);
  if (category === 'job') return evolveWith(jobDecider, event, before);
  if (category === 'delivery') return evolveWith(deliveryDecider, event, before);
  if (category === 'notification') return evolveWith(notificationDecider, event, before);
  return evolveWith(patientDecider, event, before);
};

/** The states that are kept under a stream are those of its decider. */
const evolveWith = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  event: RecordedEvent,
  before: unknown,
): State => decider.evolve((before as State | undefined) ?? decider.initial, event as unknown as Recorded<Event>);
