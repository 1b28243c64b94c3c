import 'reflect-metadata';
import { loadSettings } from '@waystation/configuration';
import { messageOf } from '@waystation/kernel';
import { drainOnSignal } from '@waystation/service';
import { printHelp } from './print-help.js';
import { printWelcome } from './print-welcome.js';
import { startEverything } from './start-everything.js';

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  printHelp(process.stdout);
} else {
  try {
    const settings = loadSettings({ env: process.env, folder: process.cwd() });
    const everything = await startEverything(settings);
    await printWelcome(process.stdout, settings, everything);
    let stopping = false;
    drainOnSignal(everything.platform.logger, () => {
      stopping = true;
      return everything.close();
    });
    // Nothing works without its database, and whoever started us should know: what was acknowledged is safe on disk.
    void everything.databaseLost.then(() => {
      if (stopping) return;
      process.stderr.write('waystation: the embedded Postgres ended; start again to go on where it stopped\n');
      process.exit(1);
    });
  } catch (error) {
    process.stderr.write(`waystation cannot start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}
