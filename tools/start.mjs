#!/usr/bin/env node
import { build } from './setup/build.mjs';
import { install } from './setup/install.mjs';
import { node, runProgram } from './setup/run-program.mjs';
import { say } from './setup/say.mjs';

const help = `Usage: npm start

Installs the packages and builds when needed, then runs all of Waystation in one process,
with its own Postgres and its objects as files. Ctrl-C ends it in good order.
Settings are environment variables (WAYSTATION_…) or waystation.json: docs/settings.md lists them.

Example: WAYSTATION_HTTP_PORT=9090 npm start`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
} else {
  try {
    await install();
    await build();
    process.exitCode = await runProgram(node(), ['--enable-source-maps', 'apps/standalone/dist/main.js', ...args]);
  } catch (error) {
    say(`npm start: ${error.message}`);
    process.exitCode = 1;
  }
}
