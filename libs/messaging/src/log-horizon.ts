import type { RecordedEvent } from '@waystation/events';
import type { Checkpoints, LogReader } from './log-reader.js';

/** The log up to a position that moves on when it is told to; what is behind it does not seem to be there yet. */
export class LogHorizon implements Pick<LogReader, 'readAll' | 'onAppended' | 'checkpoints'> {
  #through = 0;
  #listener: () => void = () => undefined;

  constructor(private readonly log: LogReader) {}

  get checkpoints(): Checkpoints {
    return this.log.checkpoints;
  }

  moveTo(position: number): void {
    this.#through = Math.max(this.#through, position);
    this.#listener();
  }

  async readAll({ after, limit }: { after: number; limit: number }): Promise<readonly RecordedEvent[]> {
    const room = Math.min(limit, this.#through - after);
    return room > 0 ? this.log.readAll({ after, limit: room }) : [];
  }

  onAppended(listener: () => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = () => undefined);
  }
}
