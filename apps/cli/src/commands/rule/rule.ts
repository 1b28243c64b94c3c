import { Command } from 'commander';
import { addRule } from './add.js';
import { listRules } from './list.js';
import { removeRule } from './remove.js';
import { testRules } from './test.js';

/** `waystation rule …`, also `waystation rules …` */
export const ruleCommand = (): Command =>
  new Command('rule')
    .alias('rules')
    .description('which series go where')
    .addCommand(addRule())
    .addCommand(listRules())
    .addCommand(testRules())
    .addCommand(removeRule());
