export { Statistics } from './statistics.js';
export { StatisticsModule } from './statistics.module.js';
