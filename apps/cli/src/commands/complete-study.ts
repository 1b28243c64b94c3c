import type { EndedWaiting } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, authorQuery, type Authorship } from './authorship.js';

interface Asked extends Authorship {
  readonly rule?: string;
  readonly follow?: string;
}

const endWaiting = async (
  deed: 'complete' | 'discard',
  study: string,
  { rule, follow, ...by }: Asked,
  command: Command,
): Promise<void> => {
  const { api, output } = contextOf(command);
  const which = new URLSearchParams({ ...(rule && { rule }), ...(follow && { follow }) }).toString();
  const path = `api/studies/${encodeURIComponent(study)}/${deed}?${authorQuery(by)}&${which}`;
  const answer = await api.control<readonly EndedWaiting[]>('POST', path);
  output.answer(answer, () =>
    answer.map(
      (one) =>
        `${one.outcome} for '${one.rule}': ${one.series} series${one.pending.length === 0 ? '' : `; ${one.pending.length} still come`}`,
    ),
  );
};

/** `waystation complete-study STUDY` */
export const completeStudyCommand = (): Command =>
  authorship(new Command('complete-study'))
    .description('counts a study as complete for the rules that wait for it, with what there is of it')
    .argument('<study>', 'Study Instance UID, as `waystation studies` shows it')
    .option('--rule <name>', 'only for this rule, also with what was discarded before; otherwise for all that wait')
    .option('--follow <name>', 'the rule that says where it goes, where the one that waited is not in force any more')
    .addHelpText(
      'after',
      `
What comes later is the next revision of the study, as always.

Example:
  waystation complete-study 1.2.840.113619.2.55 --rule "Whole head" --reason "the scan was broken off"`,
    )
    .action((study: string, asked: Asked, command: Command) => endWaiting('complete', study, asked, command));

/** `waystation discard-study STUDY` */
export const discardStudyCommand = (): Command =>
  authorship(new Command('discard-study'))
    .description('has what waits of a study go nowhere; its objects are kept')
    .argument('<study>', 'Study Instance UID, as `waystation studies` shows it')
    .option('--rule <name>', 'only for this rule; otherwise for all that wait')
    .addHelpText(
      'after',
      `
It can still be sent: \`waystation complete-study --rule\` takes what was discarded as well.

Example:
  waystation discard-study 1.2.840.113619.2.55 --reason "a phantom"`,
    )
    .action((study: string, asked: Asked, command: Command) => endWaiting('discard', study, asked, command));
