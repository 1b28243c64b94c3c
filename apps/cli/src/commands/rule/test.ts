import type { ConfigurationInForce, RuleExplained } from '@waystation/answers';
import type { ConfigurationDocument, Facts, Rule } from '@waystation/events';
import type { RulesEvaluation } from '@waystation/rules';
import { Command } from 'commander';
import { contextOf, type Context } from '../../context.js';
import { readConfiguration } from '../../read-configuration.js';

interface TestOptions {
  readonly calledAe?: string;
  readonly callingAe?: string;
  readonly config?: string;
}

/** `waystation rules test FILE` */
export const testRules = (): Command =>
  new Command('test')
    .description('asks the rules about a DICOM file, as if a series of it alone had come; sends it nowhere')
    .argument('<file>', 'DICOM file; it is read here and leaves this machine not even in part')
    .option('--called-ae <title>', 'AE title that was called; without it, rules that name titles are not asked')
    .option('--calling-ae <title>', 'AE title of the sender')
    .option('--config <file>', 'the rules of this configuration, not of the one in force; needs no running Waystation')
    .addHelpText(
      'after',
      `
It ends with 0 where a rule matched, and with 1 where none did.

Examples:
  waystation rules test slice.dcm
  waystation rules test slice.dcm --called-ae RESEARCH --config waystation-configuration.json`,
    )
    .action(async (file: string, options: TestOptions, command: Command) => {
      // Only here: what reads no DICOM starts sooner without it.
      const [{ compileRules }, { ruleLines }, { readDicomFacts }] = await Promise.all([
        import('@waystation/rules'),
        import('../../output/rule-lines.js'),
        import('../../read-dicom-facts.js'),
      ]);
      const context = contextOf(command);
      const { rules, facts: wanted } = await documentOf(context, options.config);
      const facts = withSender(await readDicomFacts(file, wanted.additional), options);
      const evaluation = compileRules(rules).explain({
        facts,
        ...(options.calledAe === undefined ? {} : { calledAeTitle: options.calledAe }),
      });
      context.output.answer(evaluation, () => [
        `${file}: ${summaryOf(evaluation)}`,
        ...verdictsOf(rules, evaluation).flatMap((rule) => ['', ...ruleLines(rule)]),
        ...(options.calledAe === undefined ? whomNobodyAsked(evaluation) : []),
      ]);
      if (evaluation.outcome === 'unmatched') process.exitCode = 1;
    });

const documentOf = async ({ api }: Context, file: string | undefined): Promise<ConfigurationDocument> =>
  file === undefined
    ? (await api.control<ConfigurationInForce>('GET', 'api/configuration')).document
    : readConfiguration(file);

const withSender = (facts: Facts, { calledAe, callingAe }: TestOptions): Facts => ({
  ...facts,
  ...(callingAe === undefined ? {} : { SenderAET: callingAe }),
  ...(calledAe === undefined ? {} : { ReceiverAET: calledAe }),
});

const verdictsOf = (rules: readonly Rule[], { verdicts }: RulesEvaluation): readonly RuleExplained[] =>
  verdicts.flatMap((verdict, index) => {
    const rule = rules[index];
    return rule === undefined ? [] : [{ ...rule, ...verdict }];
  });

const whomNobodyAsked = ({ verdicts }: RulesEvaluation): readonly string[] =>
  verdicts.some(({ verdict }) => verdict === 'not-asked')
    ? ['', 'Rules that name AE titles are asked where --called-ae says which one was called.']
    : [];

const summaryOf = ({ outcome, discardedBy, targets, studyRules }: RulesEvaluation): string => {
  if (outcome === 'unmatched') return 'no rule matched: it would be kept, and go nowhere';
  if (outcome === 'discarded') return `discarded by '${discardedBy ?? ''}': it would be kept, and go nowhere`;
  const parts = [
    ...(targets.length === 0 ? [] : [`goes to ${targets.map(({ target }) => target).join(', ')}`]),
    ...(studyRules.length === 0 ? [] : [`waits for its study by ${studyRules.map((rule) => `'${rule}'`).join(', ')}`]),
  ];
  return parts.join('; ') || 'goes nowhere, and somebody is told';
};
