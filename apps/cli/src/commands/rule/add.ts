import type { PublishedConfiguration } from '@waystation/answers';
import { Command, Option } from 'commander';
import { contextOf } from '../../context.js';
import { problemLines } from '../../output/problem-lines.js';
import { authorship, editPath, type Authorship } from '../authorship.js';
import { ruleOf, type RuleOptions } from './rule-of.js';

/** The command as far as its options go. */
const addCommand = (): Command =>
  authorship(new Command('add'))
    .description('adds a rule, or replaces the one of that name')
    .argument('<name>')
    .requiredOption('--when <condition>', 'condition on the header of the series')
    .option('--to <target...>', 'targets the series goes to')
    .option('--process <module...>', 'modules it is processed by, one after another; what comes out goes --to targets')
    .option('--originals', 'process: what came in goes to the targets as well')
    .option('--discard', 'the series goes nowhere; wins over every other rule')
    .option('--tell <channel...>', 'notification channels that are told; without --to nothing else is done')
    .addOption(new Option('--tell-on <event...>', 'of what').choices(['received', 'completed', 'error']))
    .option('--fallback', 'asked only where no other rule matched')
    .option('--called-ae <title...>', 'asked only where one of these titles was called')
    .option('--quiet-period <seconds>', 'a series that matches is complete after this long without a new object')
    .addOption(new Option('--late <what>', 'what is sent once objects came late').choices(['delta', 'whole']))
    .addOption(new Option('--priority <priority>', 'who goes first').choices(['normal', 'urgent', 'off-peak']))
    .option('--study', 'followed once for the study, with all its series that match')
    .option('--study-quiet-period <seconds>', 'study: complete after this long without a new series')
    .option('--study-series <list>', `study: complete when these are there: "'t1' and ('flair' or 't2')"`)
    .option('--force-after <seconds>', 'study: waits no longer than this')
    .addOption(new Option('--force <what>', 'study: what happens then').choices(['proceed', 'discard', 'ignore']))
    .option('--ordered', 'study: a target gets its series one after another')
    .option('--disabled', 'kept, but not asked')
    .option('--comment <text>', 'for people');

/** `waystation rule add NAME` */
export const addRule = (): Command =>
  addCommand()
    .addHelpText(
      'after',
      `
Examples:
  waystation rule add "CT heads" --when "@Modality@ == 'CT' and 'HEAD' in @StudyDescription@" --to pacs
  waystation rule add everything-else --when "True" --to pacs export --fallback
  waystation rule add no-localizers --when "'LOCALIZER' in tags.ImageType" --discard
  waystation rule add strokes --when "'STROKE' in @StudyDescription@" --to ai --priority urgent --study --force-after 600
  waystation rule add "chest CT" --when "'CHEST' in @BodyPartExamined@" --process anonymizer lung --to research

What has no option, such as a filter for the objects of a target: waystation config publish --help`,
    )
    .action(async (name: string, options: RuleOptions & Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`rules/${encodeURIComponent(name)}`, options);
      const { version, warnings } = await api.control<PublishedConfiguration>('PUT', path, ruleOf(name, options));
      const about = warnings.filter(
        ({ path: place }) => place === `rules.${name}` || place.startsWith(`rules.${name}.`),
      );
      output.answer({ version, rule: name, warnings: about }, () => [
        ...problemLines(about),
        `rule '${name}' is in force (configuration ${version})`,
      ]);
    });
