import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts the tests of vitest's JSON report. A file that could not be loaded counts as one failure, and so does a run that
 * failed outside of any test.
 */
export function countTests(report, exitCode) {
  const { testResults } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] };
  const outcomes = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const count = (...statuses) => outcomes.filter((status) => statuses.includes(status)).length;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = count('failed') + broken.length;
  return {
    passed: count('passed'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
  };
}
