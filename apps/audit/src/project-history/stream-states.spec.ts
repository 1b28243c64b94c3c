import { replayStream } from '@waystation/domain';
import { EMPTY_STATE } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';
import { exampleSeries, recordedInOrder } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamStates } from './stream-states.js';

/** As much of a log as is read by: its streams. */
const logOf = (events: readonly RecordedEvent[]) => {
  const readings: string[] = [];
  return {
    readings,
    readStream: async (stream: string, { through = Infinity }: { through?: number } = {}) => {
      readings.push(stream);
      return events.filter((event) => event.stream === stream && event.sequence <= through);
    },
  };
};

/** Series whose objects come by turns: `turns` says which series gets the next event. */
const history = (turns: readonly number[]): readonly RecordedEvent[] => {
  const lengths = new Map<number, number>();
  return turns.map((series, index) => {
    const sequence = (lengths.get(series) ?? 0) + 1;
    lengths.set(series, sequence);
    const told = recordedInOrder([sequence === 1 ? exampleSeries.opened() : exampleSeries.stored(sequence)]);
    return { ...(told[0] as unknown as RecordedEvent), stream: `series/1.2.${series}`, sequence, position: index + 1 };
  });
};

const MOST = 4 * EMPTY_STATE;

describe('StreamStates', () => {
  it('comes to the state of every stream whatever little it may keep, and never keeps more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 9 }), { maxLength: 80 }), async (turns) => {
        const events = history(turns);
        const log = logOf(events);
        const states = new StreamStates(log, MOST);
        for (const event of events) {
          const before = events.filter(({ stream, sequence }) => stream === event.stream && sequence <= event.sequence);
          expect(await states.after(event)).toEqual(replayStream(event.stream, before));
          expect(states.held).toBeLessThanOrEqual(MOST);
        }
      }),
    );
  });

  it('reads nothing again of what it keeps', async () => {
    const events = history([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    const log = logOf(events);
    const states = new StreamStates(log);
    for (const event of events) await states.after(event);
    expect(log.readings).toEqual([]);
    states.clear();
    expect(states.held).toBe(0);
  });

  it('keeps one that is too heavy by itself as long as nothing else comes', async () => {
    const events = history([1, 1, 1, 1, 2, 1]);
    const log = logOf(events);
    const states = new StreamStates(log, EMPTY_STATE);
    for (const event of events.slice(0, 4)) await states.after(event);
    expect(log.readings).toEqual([]);
    for (const event of events.slice(4)) await states.after(event);
    expect(log.readings).toEqual(['series/1.2.1']);
  });

  it('is not misled by a batch that comes again', async () => {
    const events = history([1, 1, 1]);
    const states = new StreamStates(logOf(events));
    for (const event of events) await states.after(event);
    for (const event of events) {
      const before = events.filter(({ sequence }) => sequence <= event.sequence);
      expect(await states.after(event)).toEqual(replayStream(event.stream, before));
    }
  });
});
