import {
  deliveryDecider,
  jobDecider,
  notificationDecider,
  patientDecider,
  quarantineDecider,
  replayStream,
  seriesDecider,
  studyDecider,
  type Decider,
} from '@waystation/domain';
import { EMPTY_STATE, STATE_MEMORY, weightOf, type EventLog } from '@waystation/event-log';
import { categoryOf, type NewEvent, type Recorded, type RecordedEvent } from '@waystation/events';

const folded: ReadonlySet<string> = new Set([
  'series',
  'study',
  'job',
  'delivery',
  'notification',
  'patient',
  'quarantine',
]);

interface Kept {
  readonly sequence: number;
  readonly state: unknown;
  /** Bytes of memory, about. */
  readonly weight: number;
}

/**
 * The states of streams as a reader meets their events one after another. Those that were used last are kept, as many as
 * fit into the memory that there is for them; the others are folded again when they come up.
 */
export class StreamStates {
  private readonly states = new Map<string, Kept>();
  private weight = 0;

  /** @param most bytes of memory, about */
  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly most = STATE_MEMORY,
  ) {}

  /** The state of the event's stream after it; undefined for streams that no read model folds. */
  async after(event: RecordedEvent): Promise<unknown> {
    if (!folded.has(categoryOf(event.stream))) return undefined;
    // A batch that failed comes again from where it began: what is kept may be ahead of it.
    const known = event.sequence === 1 ? undefined : this.states.get(event.stream);
    const isNext = event.sequence === 1 || known?.sequence === event.sequence - 1;
    const kept = isNext ? next(event, known) : await this.replayed(event);
    this.keep(event.stream, kept);
    return kept.state;
  }

  /** Bytes of memory that the kept states take, about. */
  get held(): number {
    return this.weight;
  }

  /** Forgets everything, for a reader that starts over. */
  clear(): void {
    this.states.clear();
    this.weight = 0;
  }

  private async replayed({ stream, sequence }: RecordedEvent): Promise<Kept> {
    const events = await this.log.readStream(stream, { through: sequence });
    const weight = events.reduce((sum, { data }) => sum + weightOf(data), EMPTY_STATE);
    return { sequence, state: replayStream(stream, events), weight };
  }

  /** One that is too heavy by itself stays until the next is kept. */
  private keep(stream: string, kept: Kept): void {
    this.weight += kept.weight - (this.states.get(stream)?.weight ?? 0);
    this.states.delete(stream);
    if (this.weight > this.most) this.trim(kept.weight);
    this.states.set(stream, kept);
  }

  /** @param coming what is kept next, and counts already */
  private trim(coming: number): void {
    for (const [oldest, { weight }] of this.states) {
      if (this.weight <= Math.max(this.most, coming)) return;
      this.states.delete(oldest);
      this.weight -= weight;
    }
  }
}

const next = (event: RecordedEvent, known: Kept | undefined): Kept => ({
  sequence: event.sequence,
  state: evolve(event, known?.state),
  weight: (known?.weight ?? EMPTY_STATE) + weightOf(event.data),
});

const evolve = (event: RecordedEvent, before: unknown): unknown => {
  const category = categoryOf(event.stream);
  if (category === 'series') return evolveWith(seriesDecider, event, before);
  if (category === 'study') return evolveWith(studyDecider, event, before);
  if (category === 'job') return evolveWith(jobDecider, event, before);
  if (category === 'delivery') return evolveWith(deliveryDecider, event, before);
  if (category === 'notification') return evolveWith(notificationDecider, event, before);
  if (category === 'quarantine') return evolveWith(quarantineDecider, event, before);
  return evolveWith(patientDecider, event, before);
};

/** The states that are kept under a stream are those of its decider. */
const evolveWith = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  event: RecordedEvent,
  before: unknown,
): State => decider.evolve((before as State | undefined) ?? decider.initial, event as unknown as Recorded<Event>);
