import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { jsonText } from '../../output/json-text.js';

/** `waystation config schema` */
export const printSchema = (): Command =>
  new Command('schema')
    .description('prints the JSON Schema of a configuration, for editors; needs no running Waystation')
    .addHelpText(
      'after',
      `
A file names it in its first line, which is no part of the configuration: { "$schema": "./configuration.schema.json", …

Example:
  waystation config schema > configuration.schema.json`,
    )
    .action(async (_options: unknown, command: Command) => {
      const { configurationSchema } = await import('@waystation/events');
      const schema = configurationSchema();
      contextOf(command).output.answer(schema, () => [jsonText(schema)]);
    });
