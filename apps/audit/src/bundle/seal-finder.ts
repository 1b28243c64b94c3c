import type { EventLog, Seal } from '@waystation/event-log';
import { LogSealed, streamName, type RecordedEvent } from '@waystation/events';
import { findStreams } from '../search/find-streams.js';

/** Finds the seal over a position without reading all there are. For positions that are asked for in ascending order. */
export class SealFinder {
  /** Sequence of the seal that was found last. */
  private last = 0;
  private found: Seal | undefined;

  private constructor(
    private readonly log: EventLog,
    private readonly sequences: number,
  ) {}

  static async open(log: EventLog): Promise<SealFinder> {
    const [stream] = await findStreams(log, [streamName.log]);
    return new SealFinder(log, stream?.events ?? 0);
  }

  /** The seal over a position; undefined where it is behind the last one. */
  async over(position: number): Promise<Seal | undefined> {
    if (this.found !== undefined && position <= this.found.to) return this.found;
    let [low, high] = [this.last + 1, this.sequences];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const next = await this.next(middle);
      if (next === undefined || sealOf(next).to >= position) high = middle;
      else low = next.sequence + 1;
    }
    const event = await this.next(low);
    if (event === undefined || sealOf(event).to < position) return undefined;
    this.last = event.sequence - 1;
    this.found = sealOf(event);
    return this.found;
  }

  /** The first seal from a sequence on: other things stand between them. */
  private async next(from: number): Promise<RecordedEvent | undefined> {
    for (let after = from - 1; after < this.sequences; after++) {
      const [event] = await this.log.readStream(streamName.log, { after, through: after + 1 });
      if (event?.type === LogSealed.type) return event;
    }
    return undefined;
  }
}

const sealOf = ({ data }: RecordedEvent): Seal => LogSealed.schema.parse(data);
