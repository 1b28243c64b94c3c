import type { Asking } from './decision/asking.js';
import { ask, type Answer } from './evaluation/ask-condition.js';
import { EvaluationFailure } from './evaluation/evaluation-failure.js';
import { Meter } from './evaluation/meter.js';
import { missingTagOf } from './evaluation/required-tags.js';
import type { ReadRule } from './read-rules.js';

/**
 * What `rule("name")` is: whether the condition of that rule holds, whatever else the rule says. Of each subject every
 * rule is asked once. Throws EvaluationFailure where its condition has no answer.
 */
export const holdsAmong = (read: readonly ReadRule[], steps: number): ((asking: Asking, rule: string) => boolean) => {
  const byName = new Map(read.map((one): [string, ReadRule] => [one.rule.name, one]).toReversed());
  const answers = new WeakMap<Asking, Map<string, Answer>>();
  const answerOf = ({ world }: Asking, expression: ReadRule['expression']): Answer => {
    if (!expression) return 'failed';
    const answer = ask(expression, world, new Meter(steps));
    return answer !== 'false' && missingTagOf(expression, world.header) ? 'missing' : answer;
  };
  return (asking, rule) => {
    const known = answers.get(asking) ?? new Map<string, Answer>();
    answers.set(asking, known);
    const answer = known.get(rule) ?? answerOf(asking, byName.get(rule)?.expression);
    known.set(rule, answer);
    if (answer === 'failed') throw new EvaluationFailure('the condition of that rule has no answer');
    return answer === 'true';
  };
};
