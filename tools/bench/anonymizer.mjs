#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { help, readOptions } from './anonymizer-options.mjs';
import { describeMachine } from './describe-machine.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  say(`npm run bench:anonymizer: ${error.message}`);
  process.exitCode = 1;
}

async function bench({ build: wanted, sizes, rounds, objects, markdown: file }) {
  await install();
  if (wanted) await build();
  // Only now: they are made of what is installed and built.
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
  const text = `${describeMachine()} ${objects} objects a round, ${rounds} rounds, medians.\n\n${tables.join('\n\n')}\n`;
  console.log(text);
  if (file) await writeFile(file, text);
}

async function perSecond(run, objects) {
  const start = process.hrtime.bigint();
  for (let done = 0; done < objects; done++) await run();
  return objects / (Number(process.hrtime.bigint() - start) / 1e9);
}
