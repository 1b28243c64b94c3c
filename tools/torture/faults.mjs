#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeMachine } from '../bench/describe-machine.mjs';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { help, readOptions } from './faults/options.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await torture(options);
} catch (error) {
  say(`npm run torture: ${error.message}`);
  process.exitCode = 1;
}

async function torture(options) {
  if (options.build) {
    await install();
    await build();
  }
  // Only now: it is made of what is installed and built.
  const { campaign } = await import('./faults/campaign.mjs');
  const { reportOf } = await import('./faults/report.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'waystation-torture-'));
  // The database has a user of its own where we are root.
  await chmod(folder, 0o755);
  say(`seed ${options.seed}, in ${folder}`);
  // What was started ends with us.
  const interrupted = () => process.exit(130);
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  process.on('exit', () => {
    if (!(process.exitCode === 1 && options.keep)) removeAfterwards(folder);
  });
  const machine = describeMachine();
  const results = await campaign(options, folder);
  const report = reportOf({ options, machine, results });
  console.log(report);
  if (options.report !== undefined) {
    await mkdir(dirname(options.report), { recursive: true });
    await writeFile(options.report, report);
  }
  if (results.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
}

/** What runs in it ends with us, and writes until then. */
function removeAfterwards(folder) {
  const script = 'for try in 1 2 3 4 5 6 7 8 9; do rm -rf "$1" 2>/dev/null && break; sleep 0.5; done';
  spawn('/bin/sh', ['-c', script, 'sh', folder], { detached: true, stdio: 'ignore' }).unref();
}
