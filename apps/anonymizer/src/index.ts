export { Anonymizer } from './anonymizer.js';
export { AnonymizerModule } from './anonymizer.module.js';
