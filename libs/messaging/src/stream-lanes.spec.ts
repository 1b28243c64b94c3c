import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamLanes } from './stream-lanes.js';

describe('stream lanes', () => {
  it('keep the order of each stream and never run two tasks of one stream at a time', async () => {
    const tasks = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(tasks, fc.scheduler(), async (plan, scheduler) => {
        const lanes = new StreamLanes();
        const running = new Set<string>();
        const done: { stream: string; index: number }[] = [];
        plan.forEach(({ stream, fails }, index) => {
          const result = lanes.run(stream, async () => {
            expect(running).not.toContain(stream);
            running.add(stream);
            await scheduler.schedule(Promise.resolve());
            running.delete(stream);
            done.push({ stream, index });
            if (fails) throw new Error('no');
          });
          result.catch(() => undefined);
        });
        const idle = lanes.idle();
        await scheduler.waitFor(idle);
        for (const stream of ['a', 'b', 'c']) {
          const expected = plan.flatMap((task, index) => (task.stream === stream ? [index] : []));
          expect(done.filter((entry) => entry.stream === stream).map(({ index }) => index)).toEqual(expected);
        }
      }),
    );
  });

  it('run different streams side by side', async () => {
    const lanes = new StreamLanes();
    let release: () => void = () => undefined;
    const first = lanes.run('a', () => new Promise((resolve) => (release = resolve)));
    await lanes.run('b', () => Promise.resolve());
    release();
    await first;
  });

  it('tell the caller when its own task fails', async () => {
    await expect(new StreamLanes().run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('are idle only when the tasks that were added meanwhile are done too', async () => {
    const lanes = new StreamLanes();
    const done: string[] = [];
    void lanes.run('a', async () => {
      void lanes.run('a', async () => {
        done.push('second');
      });
      done.push('first');
    });
    await lanes.idle();
    expect(done).toEqual(['first', 'second']);
  });
});
