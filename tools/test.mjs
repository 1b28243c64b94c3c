#!/usr/bin/env node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests } from './count-tests.mjs';
import { build } from './setup/build.mjs';
import { install } from './setup/install.mjs';
import { node, runProgram } from './setup/run-program.mjs';
import { say } from './setup/say.mjs';

const help = `Usage: npm test [-- <what to run, and options of vitest>]

Installs the packages and builds when needed, starts a real Postgres, RabbitMQ and S3 server
(on Debian and Ubuntu by themselves; elsewhere give WAYSTATION_TEST_POSTGRES_URL, WAYSTATION_TEST_AMQP_URL
and WAYSTATION_TEST_S3_URL), and runs the tests.

Examples: npm test
          npm test -- --project unit
          npm test -- --project integration libs/event-log`;

/** Runs the tests; resolves to the counts and vitest's exit code. */
async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'waystation-report-'));
  try {
    await install();
    await build();
    const report = join(folder, 'report.json');
    const shown = args.some((arg) => arg.startsWith('--reporter')) ? [] : ['--reporter=default'];
    const reporters = [...shown, '--reporter=json', `--outputFile.json=${report}`];
    const code = await runProgram(node(), ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args]);
    return { ...countTests(report, code), code };
  } catch (error) {
    say(`npm test: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, code: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
} else {
  const { passed, failed, skipped, code } = await runTests(args);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = code !== 0 ? code : failed > 0 || passed === 0 ? 1 : 0;
}
