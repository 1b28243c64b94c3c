import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { randomHistory } from '../../test/random-history.js';
import { HistoryWriter } from '../../test/write-history.js';
import { Rebuild } from '../rebuild/rebuild.js';
import { ProjectHistory } from './project-history.js';
import { ReadModelLag } from './read-model-lag.js';
import { openReadModels } from './read-models.js';

let audited: AuditedLog;
beforeEach(async () => {
  audited = await auditedLog();
});
afterEach(() => audited[Symbol.asyncDispose]());

const head = async (): Promise<number> => (await audited.log.head()).position;

it('Whoever is told of what, in whatever order and how often, the read models are the same', async () => {
  const elsewhere = await openReadModels(audited.url);
  const rebuild = new Rebuild(audited.log, audited.views, audited.project, audited.identities, audited.url, {
    warn: () => undefined,
  });
  // Several consumers, in this process and in another one, each with what it remembers of the streams.
  const consumers = [
    new ProjectHistory(audited.log, audited.views, audited.identities),
    new ProjectHistory(audited.log, audited.views, audited.identities),
    new ProjectHistory(audited.log, elsewhere, audited.identities),
  ];
  try {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        fc.array(fc.tuple(fc.nat(2), fc.nat()), { maxLength: 20 }),
        async (history, told) => {
          const written = history.write(new HistoryWriter(audited.log));
          const heard = told.map(async ([consumer, place]) =>
            consumers[consumer]?.through(place % ((await head()) + 1)),
          );
          await Promise.all([written, ...heard]);
          const digest = await audited.digest();
          expect(await rebuild.run()).toMatchObject({ equal: true, digestBefore: digest });
        },
      ),
      { numRuns: 12 },
    );
  } finally {
    await elsewhere.destroy();
  }
});

it('How far the read models are behind is told in positions and seconds', async () => {
  const said: (() => Promise<string>)[] = [];
  const gauges = new Map<string, () => Promise<readonly { value: number }[]>>();
  const platform = {
    health: { add: (_name: string, check: () => Promise<string>) => void said.push(check) },
    metrics: { gauge: (name: string, _help: string, read: never) => void gauges.set(name, read) },
  };
  const readModels = new ReadModelLag(audited.log, audited.views, platform as never);
  expect(await readModels.lag()).toEqual({ position: 0, head: 0, behind: 0, behindSeconds: 0 });
  await new HistoryWriter(audited.log).receive(0, 1, 1);
  const lag = await readModels.lag();
  expect(lag).toMatchObject({ position: 0, head: 2, behind: 2 });
  expect(lag.behindSeconds).toBeGreaterThan(0);
  expect(await said[0]?.()).toMatch(/^at position 0, 2 events and \S+ s behind the log$/);
  expect(await gauges.get('waystation_read_model_lag_positions')?.()).toEqual([{ value: 2 }]);
  await audited.digest();
  expect(await readModels.lag()).toEqual({ position: 2, head: 2, behind: 0, behindSeconds: 0 });
});
