import 'reflect-metadata';
import { loadSettings } from '@waystation/configuration';
import { messageOf } from '@waystation/kernel';
import { createLogger } from '@waystation/observability';
import { drainOnSignal } from '@waystation/service';
import { endWhenLost } from './end-when-lost.js';
import { printHelp } from './print-help.js';
import { printWelcome } from './print-welcome.js';
import { startEverything } from './start-everything.js';

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  printHelp(process.stdout);
} else {
  try {
    const settings = loadSettings({ env: process.env, folder: process.cwd() });
    const starting = startEverything(settings);
    // From the first moment: whoever stops a start half-way must not leave a database running.
    const logger = createLogger({ ...settings.log, service: 'waystation' });
    const isStopping = drainOnSignal(logger, async () => (await starting).close());
    const everything = await starting;
    if (!isStopping()) await printWelcome(process.stdout, settings, everything);
    endWhenLost(everything, isStopping);
  } catch (error) {
    process.stderr.write(`waystation cannot start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}
