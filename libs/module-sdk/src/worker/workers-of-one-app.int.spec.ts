import { setTimeout as pause } from 'node:timers/promises';
import { syntheticSeries } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WorkerBench } from '../../test/worker-bench.js';
import { AppRunner } from '../app/app-runner.js';
import { optionsOf, ProcessingModule } from '../app/processing-module.decorator.js';

/** Counts how many of it are at work at the same time. */
class Counter {
  static most = 0;
  private static now = 0;

  async process(): Promise<void> {
    Counter.now += 1;
    Counter.most = Math.max(Counter.most, Counter.now);
    await pause(300);
    Counter.now -= 1;
  }
}
ProcessingModule({ name: 'counter', version: '1', settings: z.object({}) })(Counter);

describe('Workers of one app', () => {
  it('have no more jobs under way than the module allows, all of them together', async () => {
    await using apart = await WorkerBench.make();
    await apart.publish({ name: 'counter', kind: 'app', concurrency: 2, output: 'optional' });
    const [counter, other] = [new Counter(), new Counter()];
    for (const app of [counter, other]) await apart.work(new AppRunner(optionsOf(Counter), app), { app: 'counter' });
    const instances = syntheticSeries(1);
    await apart.store(instances);
    const jobs = await Promise.all([1, 2, 3, 4, 5, 6].map(() => apart.request('counter', instances)));
    const ended = await Promise.all(jobs.map((job) => apart.ended(job)));
    expect(ended.map(({ status }) => status)).toEqual(jobs.map(() => 'succeeded'));
    expect(Counter.most).toBe(2);
  });
});
