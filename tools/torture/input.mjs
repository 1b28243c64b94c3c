#!/usr/bin/env node
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeMachine } from '../bench/describe-machine.mjs';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { node } from '../setup/run-program.mjs';
import { say } from '../setup/say.mjs';
import { help, readOptions } from './input/options.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await torture(options);
} catch (error) {
  say(`npm run torture:input: ${error.message}`);
  process.exitCode = 1;
}

async function torture(options) {
  if (options.build) {
    await install();
    await build();
  }
  // Only now: it is made of what is installed and built.
  const { Receiver } = await import('./input/receiver.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'waystation-torture-'));
  // The database has a user of its own where we are root.
  await chmod(folder, 0o755);
  const receiver = new Receiver(join(folder, 'data'), node());
  const close = async () => {
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = () => void close().then(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    say(`seed ${options.seed}`);
    const { attack } = await import('./input/attack.mjs');
    const { report, breaks } = await attack(await receiver.ready(), options, describeMachine());
    console.log(report);
    if (options.report !== undefined) {
      await mkdir(dirname(options.report), { recursive: true });
      await writeFile(options.report, report);
    }
    if (breaks.length > 0) process.exitCode = 1;
  } finally {
    await close();
  }
}
