import { Command } from 'commander';
import { addModule } from './add.js';
import { listModules } from './list.js';
import { removeModule } from './remove.js';

/** `waystation module …`, also `waystation modules …` */
export const moduleCommand = (): Command =>
  new Command('module')
    .alias('modules')
    .description('what processes series: apps and containers')
    .addCommand(addModule())
    .addCommand(listModules())
    .addCommand(removeModule());
