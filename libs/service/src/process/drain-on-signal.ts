import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/observability';

/** On SIGTERM or SIGINT finishes what is under way and ends; a second signal ends at once. */
export const drainOnSignal = (logger: Logger, close: () => Promise<void>): void => {
  let draining = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (draining) {
      logger.warn(`${signal} again: ending at once`);
      process.exit(1);
    }
    draining = true;
    logger.log(`${signal}: finishing what is under way`);
    close().then(
      () => {
        logger.log('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error(`could not stop in order: ${messageOf(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};
