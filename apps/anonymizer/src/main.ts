import { runProcessingApp } from '@waystation/module-sdk';
import { Anonymizer } from './anonymizer.js';
import { anonymizerOptions } from './anonymizer-options.js';

await runProcessingApp(Anonymizer, anonymizerOptions);
