import type { RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventPages } from './event-pages.js';

const eventAt = (position: number): RecordedEvent => ({
  type: 'series.completed.v1',
  data: {},
  position,
  stream: 'series/1.2.3',
  sequence: position,
  time: '2026-01-31T12:00:00.000Z',
  recordedtime: '2026-01-31T12:00:00.000Z',
  metadata: {},
});

/** A log in memory that answers when the scheduler lets it, with what it held when it was asked. */
class GrowingLog {
  length = 0;
  readings = 0;

  constructor(private readonly answered: () => Promise<void> = () => Promise.resolve()) {}

  async readAll({ after, limit }: { after: number; limit: number }): Promise<readonly RecordedEvent[]> {
    this.readings += 1;
    const last = Math.min(after + limit, this.length);
    await this.answered();
    return Array.from({ length: Math.max(0, last - after) }, (_, index) => eventAt(after + 1 + index));
  }

  async read(position: number): Promise<RecordedEvent> {
    if (position <= this.length) return eventAt(position);
    throw new CodedError('log.no-such-position', `the log has no position ${position}`);
  }
}

describe('pages of events', () => {
  it('have every event that the log has, however it grows while it is read', async () => {
    const steps = fc.array(fc.record({ grow: fc.nat(5), back: fc.nat(60) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, fc.scheduler(), async (plan, scheduler) => {
        const log = new GrowingLog(() => scheduler.schedule(Promise.resolve()));
        const pages = new EventPages(log);
        const read = plan.map(({ grow, back }) => {
          log.length += 1 + grow;
          const position = Math.max(1, log.length - back);
          return pages.read(position).then((event) => [position, event.position]);
        });
        for (const [asked, got] of await scheduler.waitFor(Promise.all(read))) expect(got).toBe(asked);
      }),
    );
  });

  it('ask the log once for many events', async () => {
    const log = new GrowingLog();
    log.length = 1_600;
    const pages = new EventPages(log);
    for (let position = 1; position <= log.length; position++) await pages.read(position);
    expect(log.readings).toBe(100);
  });

  it('say so when there is no such event', async () => {
    await expect(new EventPages(new GrowingLog()).read(7)).rejects.toThrow('the log has no position 7');
  });

  it('ask again after a failure', async () => {
    let fails = true;
    const log = new GrowingLog(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve()));
    log.length = 1;
    const pages = new EventPages(log);
    await expect(pages.read(1)).rejects.toThrow('away');
    fails = false;
    expect(await pages.read(1)).toEqual(eventAt(1));
  });
});
