import { runProcessingApp } from '@waystation/module-sdk';
import { Statistics } from './statistics.js';

await runProcessingApp(Statistics);
