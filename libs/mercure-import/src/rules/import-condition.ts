import { checkCondition, describeProblem, type Problem } from '@waystation/rules';
import type { Part } from '../parts/part.js';
import { textAt } from '../parts/values.js';
import { askedTags, renameTags } from './asked-tags.js';
import { asksForNothing } from './asks-for-nothing.js';
import { mercureTags } from './mercure-tags.js';
import type { RuleContext } from './rule-context.js';

type Wanted = Pick<RuleContext, 'knownTags' | 'tags' | 'isTheFallback'>;

/** The condition of a rule; undefined with all of the rule told where mercure never follows it either. */
export const importCondition = (rule: Part, context: Wanted): string | undefined => {
  const part = rule.at('rule');
  const written = textAt(part, 'False').trim();
  if (part.isEmpty && !context.isTheFallback)
    part.changed('condition is False: mercure never follows a rule without a condition');
  if (context.isTheFallback) return conditionOfFallback(part, written);
  const condition = renameTags(written, context.tags.renamed);
  const problems = problemsIn(condition, context);
  const flaw = problems.find(isFlaw);
  if (flaw !== undefined) {
    rule.droppedAfterAll('the rule is left out, for what its condition says');
    part.droppedAfterAll(describeProblem(condition, flaw));
    return undefined;
  }
  const differences = [
    ...(condition === written ? [] : [`condition is ${condition}`]),
    ...unseen(condition, context),
    ...absent(condition),
  ];
  const doubts = problems.slice(0, 1).map((doubt) => describeProblem(condition, doubt));
  if (differences.length > 0) part.changed([...differences, ...doubts].join('; '));
  else part.taken(['condition has it as it stands', ...doubts].join('; '));
  return condition;
};

/** Whether mercure could follow a rule, for what its condition says. */
export const canMatch = (rule: Part, context: Omit<Wanted, 'isTheFallback'>): boolean => {
  const written = textAt(rule.at('rule'), 'False').trim();
  return !problemsIn(renameTags(written, context.tags.renamed), context).some(isFlaw);
};

const problemsIn = (condition: string, { knownTags }: Pick<Wanted, 'knownTags'>): readonly Problem[] =>
  checkCondition(condition, { knownTags });

/** What makes that a condition never holds, in mercure as here. */
const isFlaw = ({ severity, code }: Problem): boolean => severity === 'error' || code === 'rules.unknown-tag';

/** mercure does not ask its fallback rule anything: it follows it wherever no other rule matched. */
const conditionOfFallback = (part: Part, written: string): string => {
  if (written === 'True') part.taken('condition has it as it stands');
  else
    part.changed(
      'condition is True: mercure follows its fallback rule wherever no other matched, whatever it says here',
    );
  return 'True';
};

const unseen = (condition: string, { tags }: Wanted): readonly string[] => {
  const seen = new Set([...mercureTags, ...tags.names].map((name) => name.toLowerCase()));
  const names = new Set(askedTags(condition).filter((name) => !seen.has(name.toLowerCase())));
  return [...names].map((name) => `mercure does not read ${name} unless it is told to; Waystation does`);
};

const absent = (condition: string): readonly string[] =>
  asksForNothing(condition)
    ? [
        'where an object lacks an element altogether, mercure has an empty text for it; here the condition does not hold',
      ]
    : [];
