/** What the bounds of {@link StreamLanes} look at. */
interface Lane {
  readonly idle: boolean;
  readonly sequence: number;
}

const LIMITS = { streams: 2_000, events: 500_000 };

/** Keeps the lanes that were used last, bounded by their number and by the events in their folds. */
export class StreamLanes<Kept extends Lane> {
  readonly #lanes = new Map<string, Kept>();

  constructor(private readonly limits = LIMITS) {}

  get size(): number {
    return this.#lanes.size;
  }

  get(stream: string, make: () => Kept): Kept {
    const known = this.#lanes.get(stream);
    if (!known) this.#trim();
    const lane = known ?? make();
    this.#lanes.delete(stream);
    this.#lanes.set(stream, lane);
    return lane;
  }

  /** Makes room for one more. Lanes that are at work stay: there must be one lane for a stream. */
  #trim(): void {
    let events = 0;
    for (const { sequence } of this.#lanes.values()) events += sequence;
    for (const [stream, { idle, sequence }] of this.#lanes) {
      if (this.#lanes.size < this.limits.streams && events <= this.limits.events) return;
      if (!idle) continue;
      this.#lanes.delete(stream);
      events -= sequence;
    }
  }
}
