#!/usr/bin/env node
import { say } from '../setup/say.mjs';
import * as words from './anonymizer-options.mjs';
import { runBench } from './run-bench.mjs';

await runBench('anonymizer', words, async ({ sizes, rounds, objects }) => {
  const { ways } = await import('./anonymizer/ways.mjs');
  const { tableOf } = await import('./anonymizer/report.mjs');
  const { syntheticInstance } = await import('../../libs/testing/dist/index.js');
  const tables = [];
  for (const size of sizes) {
    const options = { rows: size, columns: size, studyDescription: 'CT of Doe, axial' };
    const { part10 } = syntheticInstance({ ...options, seed: 'bench' });
    const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    // Round by round every way, so that what burdens the machine for a while burdens all alike.
    for (let round = 0; round < rounds; round++) {
      for (const [name, way] of Object.entries(ways)) results[name].push(await perSecond(() => way(part10), objects));
      say(`${size} × ${size}: round ${round + 1}`);
    }
    tables.push(`${size} × ${size}, ${part10.length} bytes:\n\n${tableOf(results)}`);
  }
  return `${objects} objects a round, ${rounds} rounds, medians.\n\n${tables.join('\n\n')}`;
});

async function perSecond(run, objects) {
  // The first one of a way is not counted: modules are loaded by it.
  await run();
  const start = process.hrtime.bigint();
  for (let done = 0; done < objects; done++) await run();
  return objects / (Number(process.hrtime.bigint() - start) / 1e9);
}
