import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slots } from './slots.js';

it('never runs more tasks than there are slots, and runs all of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat(12), fc.scheduler(), async (count, tasks, scheduler) => {
      const slots = new Slots(count);
      let running = 0;
      let most = 0;
      const results = Array.from({ length: tasks }, (_, index) =>
        slots.use(async () => {
          most = Math.max(most, ++running);
          await scheduler.schedule(Promise.resolve());
          running -= 1;
          if (index % 3 === 0) throw new Error('no');
        }),
      );
      const settled = await scheduler.waitFor(Promise.allSettled(results));
      expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(Math.ceil(tasks / 3));
      expect(most).toBe(Math.min(count, tasks));
    }),
  );
});
