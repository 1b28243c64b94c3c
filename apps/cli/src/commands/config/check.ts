import type { CheckedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { changeLines } from '../../output/change-lines.js';
import { problemLines } from '../../output/problem-lines.js';
import { readJson } from '../../read-json.js';

/** `waystation config check FILE` */
export const checkConfiguration = (): Command =>
  new Command('check')
    .description(
      'finds everything that is wrong with a configuration, and what publishing it would change; publishes nothing',
    )
    .argument('<file>', 'JSON as printed by `waystation config show`')
    .addHelpText(
      'after',
      `
It ends with 0 where the configuration could be published, warnings or not, and with 1 otherwise.

Example:
  waystation config check waystation-configuration.json && echo fine`,
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { document: await readJson(file) };
      const checked = await api.control<CheckedConfiguration>('POST', 'api/configuration/check', body);
      output.answer(checked, () => linesOf(file, checked));
      if (!checked.ok) process.exitCode = 1;
    });

const linesOf = (file: string, { ok, problems, changes }: CheckedConfiguration): readonly string[] => {
  const count = (wanted: string): number => problems.filter(({ severity }) => severity === wanted).length;
  const found = problems.length === 0 ? 'nothing is wrong' : `${count('error')} errors, ${count('warning')} warnings`;
  return [
    ...problemLines(problems),
    `${file}: ${found}`,
    ...(!ok || changes === null
      ? ['it can not be published']
      : changes.length === 0
        ? ['it is what is in force']
        : ['publishing it would change:', ...changeLines(changes)]),
  ];
};
