import { readCondition, type Condition } from '../condition.js';
import { positionOf, type Position } from '../syntax/position.js';
import { SyntaxFailure } from '../syntax/syntax-failure.js';
import type { Finding } from './finding.js';
import { findConstants } from './find-constants.js';
import { findUnknownTags } from './find-unknown-tags.js';
import { KindChecker } from './kind-checker.js';

/** A finding with the line and column it is about. */
export type Problem = Finding & Position;

const mostProblems = 20;

const syntaxFinding = ({ offset, message, suggestion }: SyntaxFailure): Finding => {
  const finding = { severity: 'error', code: 'rules.syntax', offset, message } as const;
  return suggestion === undefined ? finding : { ...finding, suggestion };
};

const findingsOf = ({ expression }: Condition, knownTags: readonly string[]): readonly Finding[] => {
  const kinds = new KindChecker();
  kinds.kindOf(expression);
  return [...findUnknownTags(expression, knownTags, mostProblems), ...kinds.findings, ...findConstants(expression)];
};

/**
 * What is wrong with a condition before any header is known, in the order of the text and at most 20 problems:
 * syntax (then it is the only one), names of tags that are not among `knownTags`, operations that cannot work for any
 * header, and what is hardly meant. Never throws.
 */
export const checkCondition = (
  text: string,
  { knownTags }: { readonly knownTags: readonly string[] },
): readonly Problem[] => {
  let findings: readonly Finding[];
  try {
    findings = findingsOf(readCondition(text), knownTags);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown;
    findings = [syntaxFinding(thrown)];
  }
  const inOrder = findings.toSorted((a, b) => a.offset - b.offset).slice(0, mostProblems);
  return inOrder.map((finding) => ({ ...finding, ...positionOf(text, finding.offset) }));
};
