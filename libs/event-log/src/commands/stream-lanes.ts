import { EMPTY_STATE, STATE_MEMORY } from './weight-of.js';

/** What the bounds of {@link StreamLanes} look at. */
interface Lane {
  readonly idle: boolean;
}

interface Entry<Kept> {
  readonly lane: Kept;
  /** Bytes that it is counted with. */
  weight: number;
}

/**
 * Keeps the lanes that were used last, as many as fit into so much memory by what their folds weigh. However many streams
 * there are and however long they grow, no more is kept.
 */
export class StreamLanes<Kept extends Lane> {
  readonly #lanes = new Map<string, Entry<Kept>>();
  #weight = 0;

  /** @param most bytes, about */
  constructor(private readonly most = STATE_MEMORY) {}

  get size(): number {
    return this.#lanes.size;
  }

  /** Bytes that all lanes together take, about. */
  get weight(): number {
    return this.#weight;
  }

  /** @param make is given what is to be told whenever the fold of the lane weighs something else */
  get(stream: string, make: (weighs: (bytes: number) => void) => Kept): Kept {
    const entry = this.#lanes.get(stream) ?? this.#add(stream, make);
    this.#lanes.delete(stream);
    this.#lanes.set(stream, entry);
    this.#trim(stream);
    return entry.lane;
  }

  #add(stream: string, make: (weighs: (bytes: number) => void) => Kept): Entry<Kept> {
    const weighs = (bytes: number): void => {
      // Whoever still has a lane that was dropped may go on with it.
      if (this.#lanes.get(stream) !== entry) return;
      this.#weight += EMPTY_STATE + bytes - entry.weight;
      entry.weight = EMPTY_STATE + bytes;
    };
    const entry: Entry<Kept> = { lane: make(weighs), weight: EMPTY_STATE };
    this.#weight += entry.weight;
    return entry;
  }

  /** Lanes that are at work stay: there must be one lane for a stream. So does the one that is asked for, whatever it weighs. */
  #trim(asked: string): void {
    if (this.#weight <= this.most) return;
    for (const [stream, { lane, weight }] of this.#lanes) {
      if (stream === asked || !lane.idle) continue;
      this.#lanes.delete(stream);
      this.#weight -= weight;
      if (this.#weight <= this.most) return;
    }
  }
}
