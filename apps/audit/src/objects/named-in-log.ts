import type { EventLog } from '@waystation/event-log';
import { LogSealed, type RecordedEvent } from '@waystation/events';
import { KeyLedger } from './key-ledger.js';
import { mentioning, mentionsIn } from './mentions-in.js';

/** What the log says of keys, read once and then kept up with. */
export class NamedInLog {
  readonly #ledger = new KeyLedger();
  #through = 0;

  constructor(private readonly log: Pick<EventLog, 'replayTypes'>) {}

  /** The last position that was read. */
  get through(): number {
    return this.#through;
  }

  /**
   * Reads on to the head of the log.
   * @param report told how far it is
   */
  async catchUp(report: (position: number) => void = () => undefined): Promise<void> {
    for await (const { through, events } of this.log.replayTypes([...mentioning, LogSealed.type], {
      after: this.#through,
    })) {
      for (const event of events) this.#note(event);
      this.#through = through;
      report(through);
    }
  }

  /** Whether any event names an object, also one that is kept no longer. */
  names(key: string): boolean {
    return this.#ledger.get(key) !== undefined;
  }

  /** Whether an object has to be in the object store. */
  vouchesFor(key: string): boolean {
    return this.#ledger.get(key) === 'named' && this.#ledger.get(prefixOf(key)) !== 'expired';
  }

  /** Whether the log has such a seal, or any that ends at that position. */
  hasSeal(to: number, seal?: string): boolean {
    return this.#ledger.get(sealMark(to, seal)) !== undefined;
  }

  #note({ type, data }: RecordedEvent): void {
    if (type === LogSealed.type) {
      const { to, seal } = data as LogSealed['data'];
      this.#ledger.set(sealMark(to), 'named');
      this.#ledger.set(sealMark(to, seal), 'named');
    } else for (const { key, note } of mentionsIn({ type, data })) this.#ledger.set(key, note);
  }
}

/** Of what an attempt of a job made, `derived/<job>/<attempt>/`. */
const prefixOf = (key: string): string => `${key.split('/', 3).join('/')}/`;

/** No key has a colon. */
const sealMark = (to: number, seal = ''): string => `seal:${to}:${seal}`;
