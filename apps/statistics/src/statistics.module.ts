import { ProcessingAppModule } from '@waystation/module-sdk';
import { Statistics } from './statistics.js';

/** Takes the jobs of {@link Statistics}. */
export const StatisticsModule = ProcessingAppModule.for(Statistics);
