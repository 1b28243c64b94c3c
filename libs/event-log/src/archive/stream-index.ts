import type { StoredEvent } from '../read/stored-event.js';

/** A member of events in which a stream occurs, and the first sequence that it has there. */
export interface Occurrence {
  readonly member: number;
  readonly sequence: number;
}

/** Collects which streams occur in which members of a copy. */
export class StreamIndex {
  /** Member and sequence by turns. */
  readonly #occurrences = new Map<string, number[]>();

  add({ stream, sequence }: Pick<StoredEvent, 'stream' | 'sequence'>, member: number): void {
    const known = this.#occurrences.get(stream);
    if (known === undefined) this.#occurrences.set(stream, [member, sequence]);
    else if (known.at(-2) !== member) known.push(member, sequence);
  }

  /** The index in pieces of so many streams, ascending by stream: one line for each, its name and its occurrences. */
  *members(streams: number): Iterable<{ readonly firstStream: string; readonly text: string }> {
    const names = [...this.#occurrences.keys()].sort();
    for (let first = 0; first < names.length; first += streams) {
      const some = names.slice(first, first + streams);
      const text = some.map((name) => JSON.stringify([name, ...(this.#occurrences.get(name) ?? [])])).join('\n');
      yield { firstStream: some[0] ?? '', text };
    }
  }
}

/** The occurrences of a stream, from the lines of the member of the index that would have it. */
export const occurrencesOf = (stream: string, lines: readonly string[]): readonly Occurrence[] => {
  const start = `[${JSON.stringify(stream)},`;
  const line = lines.find((one) => one.startsWith(start));
  if (line === undefined) return [];
  const [, ...numbers] = JSON.parse(line) as [string, ...number[]];
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    member: numbers[2 * at] ?? 0,
    sequence: numbers[2 * at + 1] ?? 0,
  }));
};
