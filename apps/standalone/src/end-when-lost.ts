import type { Everything } from './start-everything.js';

/**
 * Ends the process with 1 when something is gone that nothing works without and that nobody told to stop: nobody can send
 * without receivers, and nothing is written without the database. Whoever started us should know; what was acknowledged is
 * safe on disk.
 */
export const endWhenLost = (everything: Everything, isStopping: () => boolean): void => {
  const lost = Promise.race([
    everything.databaseLost.then(() => ({ what: 'the embedded Postgres', letGo: () => Promise.resolve() })),
    everything.receiversLost.then(() => ({ what: 'the receivers', letGo: () => everything.close() })),
  ]);
  void lost.then(async ({ what, letGo }) => {
    if (isStopping()) return;
    process.stderr.write(`waystation: ${what} ended; start again to go on where it stopped\n`);
    await letGo().catch(() => undefined);
    process.exit(1);
  });
};
