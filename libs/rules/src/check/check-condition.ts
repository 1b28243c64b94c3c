import { readCondition, type Condition } from '../condition.js';
import { positionOf, type Position } from '../syntax/position.js';
import { SyntaxFailure } from '../syntax/syntax-failure.js';
import type { Finding } from './finding.js';
import { findConstants } from './find-constants.js';
import { findImpossible } from './find-impossible.js';
import { findOtherQuestions, findResultQuestions } from './find-result-questions.js';
import { findSeriesQuestions } from './find-series-questions.js';
import { findUnknownRules } from './find-unknown-rules.js';
import { findUnknownTags } from './find-unknown-tags.js';
import { KindChecker } from './kind-checker.js';

/** A finding with the line and column it is about. */
export type Problem = Finding & Position;

const mostProblems = 20;

const syntaxFinding = ({ offset, message, suggestion }: SyntaxFailure): Finding => {
  const finding = { severity: 'error', code: 'rules.syntax', offset, message } as const;
  return suggestion === undefined ? finding : { ...finding, suggestion };
};

export interface CheckOptions {
  /** Names that a header may have. */
  readonly knownTags: readonly string[];
  /** Names of the rules that a condition may refer to; not looked at if not given. */
  readonly ruleNames?: readonly string[];
  /** What is asked: a whole series, each of its instances, or what a module found; a series if not given. */
  readonly of?: 'series' | 'instance' | 'result';
}

const findingsOf = ({ expression }: Condition, options: CheckOptions): readonly Finding[] => {
  const { knownTags, ruleNames, of = 'series' } = options;
  const kinds = new KindChecker();
  kinds.kindOf(expression);
  const meaningless = [
    ...kinds.findings,
    ...(of === 'instance' ? findSeriesQuestions(expression) : []),
    ...(of === 'result' ? findOtherQuestions(expression) : findResultQuestions(expression)),
  ];
  const doubtful = [...findConstants(expression), ...findImpossible(expression)];
  return [
    ...(of === 'result' ? [] : findUnknownTags(expression, knownTags, mostProblems)),
    ...(ruleNames ? findUnknownRules(expression, ruleNames) : []),
    ...meaningless,
    // What cannot be evaluated at all need not be told to be false as well.
    ...doubtful.filter(({ code }) => code !== 'rules.impossible' || meaningless.length === 0),
  ];
};

/**
 * What is wrong with a condition before any header is known, in the order of the text and at most 20 problems:
 * syntax (then it is the only one), names of tags that are not among `knownTags` and of rules that are not among
 * `ruleNames`, operations that cannot work for any header, what can never hold, and what is hardly meant. Never throws.
 */
export const checkCondition = (text: string, options: CheckOptions): readonly Problem[] => {
  let findings: readonly Finding[];
  try {
    findings = findingsOf(readCondition(text), options);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown;
    findings = [syntaxFinding(thrown)];
  }
  const inOrder = findings.toSorted((a, b) => a.offset - b.offset).slice(0, mostProblems);
  return inOrder.map((finding) => ({ ...finding, ...positionOf(text, finding.offset) }));
};
