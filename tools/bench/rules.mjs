#!/usr/bin/env node
import { say } from '../setup/say.mjs';
import * as words from './rules-options.mjs';
import { runBench } from './run-bench.mjs';

await runBench('rules', words, async (options, ground) => {
  const { PeerProcess } = await import('./peer-process.mjs');
  const { PythonProcess } = await import('./rules/python-process.mjs');
  const ours = ground.started(new PeerProcess(new URL('rules/measured.mjs', import.meta.url)));
  const theirs = await PythonProcess.start(options.python).catch((error) => {
    say(`without Python: ${error.message}`);
    return undefined;
  });
  if (theirs !== undefined) ground.started(theirs);
  return runAll(options, ours, theirs);
});

/** Which engines can be had, of those that are wanted. */
function availableOf({ engines }, theirs) {
  const has = (name) => {
    if (name.startsWith('waystation')) return true;
    return theirs !== undefined && (name !== 'mercure asteval' || theirs.versions.asteval !== null);
  };
  for (const name of engines) if (!has(name)) say(`without ${name}, which cannot be had here`);
  return engines.filter(has);
}

async function runAll({ counts, rounds, seconds, ...options }, ours, theirs) {
  const { typicalConditions } = await import('./rules/typical-rules.mjs');
  const { tableOf } = await import('./rules/report.mjs');
  const engines = availableOf(options, theirs);
  const peer =
    ['mercure asteval', 'python eval', 'python compiled'].find((name) => engines.includes(name)) ?? engines[0];
  const { facts } = await ours.ask('facts');
  const tables = [];
  let isFirst = true;
  for (const count of counts) {
    const results = Object.fromEntries(engines.map((name) => [name, []]));
    // Round by round every engine, so that what burdens the machine for a while burdens all alike.
    for (let round = 0; round < rounds; round++) {
      for (const engine of engines) {
        const ask = engine.startsWith('waystation')
          ? ours.ask('measure', { engine, count, seconds })
          : theirs.ask({ engine, conditions: typicalConditions(count), seconds, ...(isFirst ? { facts } : {}) });
        if (!engine.startsWith('waystation')) isFirst = false;
        const one = await ask;
        results[engine].push(one);
        say(`${count} rules, round ${round + 1}, ${engine}: ${Math.round(one.decisions / one.seconds)} decisions/s`);
      }
    }
    compareAnswers(count, results);
    tables.push(tableOf(count, results, peer));
  }
  const python = theirs ? ` Python ${theirs.versions.python}, asteval ${theirs.versions.asteval ?? 'is missing'}.` : '';
  return `Node ${process.version}.${python} ${facts.length} series over and over, ${rounds} rounds, medians; seconds are those of the processor.\n\n${tables.join('\n\n')}`;
}

/** All engines have to find the same rules in the series that all of them were asked about. */
function compareAnswers(count, results) {
  const answers = Object.entries(results).flatMap(([engine, [{ matched }]]) => ({ engine, matched }));
  for (const { engine, matched } of answers) {
    for (const other of answers) {
      const common = Math.min(matched.length, other.matched.length);
      if (matched.slice(0, common).join() !== other.matched.slice(0, common).join())
        throw new Error(`${engine} and ${other.engine} do not match the same of ${count} rules`);
    }
  }
}
