import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/observability';

/** A terminal and whoever started us may both pass on the same Ctrl-C. */
const SAME_SIGNAL_MS = 1000;

/**
 * On SIGTERM or SIGINT finishes what is under way and ends; a second signal ends at once.
 * @returns tells whether a signal came
 */
export const drainOnSignal = (logger: Logger, close: () => Promise<void>): (() => boolean) => {
  let drainingSince: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (drainingSince !== undefined) {
      if (performance.now() - drainingSince < SAME_SIGNAL_MS) return;
      logger.warn(`${signal} again: ending at once`);
      process.exit(1);
    }
    drainingSince = performance.now();
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
  return () => drainingSince !== undefined;
};
