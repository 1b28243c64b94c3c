import type { Facts, OutcomeVerdict } from '@waystation/events';
import { readOrNothing } from './condition.js';
import { evaluateCondition } from './evaluation/evaluate-condition.js';
import { nameOfResult } from './syntax/result-name.js';

/** What a job came to. */
export interface JobResult {
  readonly status: 'success' | 'partial' | 'failed';
  /** The text, numbers and truth values at the top of its result, as text. */
  readonly findings: Facts;
}

/**
 * Asks a condition about the result of a job. Total: one that cannot be read fails. Only the status is shown in the
 * explanation, since every other value may identify the patient.
 */
export const askResult = (when: string, { status, findings }: JobResult): OutcomeVerdict => {
  const condition = readOrNothing(when);
  if (condition === undefined)
    return { when, verdict: 'failed', because: 'the condition cannot be read', observations: [] };
  const named = Object.entries(findings).map(([key, value]) => [nameOfResult(key), value] as const);
  const facts = { ...Object.fromEntries(named), [nameOfResult('status')]: status };
  const hidden = new Set(Object.keys(facts).filter((name) => name !== nameOfResult('status')));
  const { matched, failed, because, observations } = evaluateCondition(condition, facts, { identityKeywords: hidden });
  const verdict = failed !== undefined ? 'failed' : matched ? 'matched' : 'not-matched';
  return { when, verdict, because, observations: [...observations] };
};
