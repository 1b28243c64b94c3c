import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askResult, type JobResult } from './ask-result.js';
import { checkCondition } from './check/check-condition.js';

const result: JobResult = { status: 'success', findings: { nodules: '3', 'lung volume': '4.2', malignant: 'true' } };
const asked = (when: string, about: JobResult = result) => askResult(when, about).verdict;
const complaints = (when: string, of: 'result' | 'series' | 'instance' = 'result') =>
  checkCondition(when, { knownTags: ['Modality'], of }).map(({ severity, message }) => `${severity}: ${message}`);

describe('a condition on a result', () => {
  it.each([
    ["result.status == 'success' and number(result.nodules) > 2", 'matched'],
    ["result['lung volume'] == '4.2'", 'matched'],
    ["result.malignant == 'false' or result.status in ('partial', 'failed')", 'not-matched'],
    ['exists(result.nodules) and not exists(result.masses)', 'matched'],
    ['number(result.masses) > 0', 'not-matched'],
    ['number(result.malignant) > 0', 'failed'],
    ['result.nodules >', 'failed'],
  ])('is asked of what a module found: %s', (when, verdict) => {
    expect(asked(when)).toBe(verdict);
  });

  it('says why, and shows nothing of what was found but the status', () => {
    const findings = { nodules: '3', name: 'Doe' };
    const { because, observations } = askResult("result.status == 'success' and result.name == 'Doe'", {
      status: 'success',
      findings,
    });
    expect(because).toContain("result.name == 'Doe'");
    expect(observations).toEqual([
      { expression: 'result.status', value: "'success'" },
      { expression: "result.status == 'success'", value: 'True' },
      { expression: 'result.name', value: '•••' },
      { expression: "result.name == 'Doe'", value: 'True' },
      { expression: "result.status == 'success' and result.name == 'Doe'", value: 'True' },
    ]);
    expect(askResult('number(result.masses) > 0', result).because).toBe('result.masses is not in the result');
  });

  it('believes the worker, not the module, about the status', () => {
    expect(asked("result.status == 'success'", { status: 'success', findings: { status: 'great' } })).toBe('matched');
  });

  it('has an answer for every result that shows none of its values', () => {
    const findings = fc.dictionary(
      fc.string(),
      fc.string().map((text) => `Ж${text}`),
    );
    fc.assert(
      fc.property(findings, fc.constantFrom('success', 'partial', 'failed'), fc.string(), (found, status, key) => {
        const quoted = JSON.stringify(key.replaceAll(/[^a-z]/g, 'x') || 'x');
        const verdict = askResult(`result[${quoted}] != '' and result.status == '${status}'`, {
          status,
          findings: found,
        });
        expect(verdict.verdict).not.toBe('failed');
        expect(JSON.stringify(verdict)).not.toContain('Ж');
      }),
    );
  });
});

describe('what is wrong with a condition on a result', () => {
  it.each([
    ['result.nodules > 2', /^error: '>' cannot compare text with a whole number/],
    ["@Modality@ == 'CT'", /^error: a condition on a result looks at its values only/],
    ['series.count > 2', /^error: a condition on a result looks at its values only/],
    ["result.status == 'ok'", /^error: result\.status is never 'ok'/],
    ["'great' == result.status", /^error: result\.status is never 'great'/],
    ["result.status in ('success', 'done')", /^error: result\.status is never 'done'/],
    ['result.lower()', /^error: result has no method lower\(\)/],
    ['result', /^error: result is not followed by the name of a value/],
    ["result.laterality == 'L' and result.laterality == 'R'", /^error/],
  ])('is found before it is saved: %s', (when, complaint) => {
    expect(complaints(when)[0]).toMatch(complaint);
  });

  it('is nothing where it asks for what a module may find', () => {
    expect(complaints("result.status != 'failed' and number(result.nodules) > 0")).toEqual([]);
    expect(complaints("result.laterality.lower() in ('l', 'r')")).toEqual([]);
  });

  it.each(['series', 'instance'] as const)('is that there is no result yet where a %s is asked', (of) => {
    expect(complaints("result.status == 'success'", of)).toEqual(['error: there is a result only when a job is over']);
  });
});
