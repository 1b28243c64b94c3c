import { Command } from 'commander';
import { checkObjects } from './check.js';
import { reapObjects } from './reap.js';

/** `waystation objects …` */
export const objectsCommand = (): Command =>
  new Command('objects')
    .description('holds the object store against the log')
    .addCommand(checkObjects())
    .addCommand(reapObjects());
