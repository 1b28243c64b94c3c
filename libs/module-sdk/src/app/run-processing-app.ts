import { runService } from '@waystation/service';
import type { Type } from '@nestjs/common';
import { ProcessingAppModule, type ProcessingAppOptions } from './processing-app.module.js';
import type { ProcessingApp } from './processing-app.js';
import { optionsOf } from './processing-module.decorator.js';

/**
 * Runs a processing app as a process of its own, until it is told to stop. Where the app goes on with a job although it was told
 * to stop, the process ends: nothing else ends it, and whoever supervises the process starts it again.
 */
export const runProcessingApp = async (
  app: Type<ProcessingApp<never>>,
  options: Omit<ProcessingAppOptions, 'onStuck'> = {},
): Promise<void> => {
  const onStuck = (): void => process.exit(1);
  await runService(optionsOf(app).name, ProcessingAppModule.for(app, { ...options, onStuck }));
};
