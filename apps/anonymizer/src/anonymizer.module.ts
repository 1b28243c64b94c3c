import { ProcessingAppModule } from '@waystation/module-sdk';
import { Anonymizer } from './anonymizer.js';
import { anonymizerOptions } from './anonymizer-options.js';

/** Takes the jobs of {@link Anonymizer}. */
export const AnonymizerModule = ProcessingAppModule.for(Anonymizer, anonymizerOptions);
