import type { SettingsProblem } from './settings-problem.js';
import { settingsTable, type SettingName, type SettingValues } from './settings-table.js';

type AgeName = 'archiveAfterDays' | 'detachAfterDays' | 'dropAfterDays';

const problem = (name: SettingName, sentence: string): SettingsProblem => {
  const { key, env } = settingsTable[name];
  return { key, source: env, sentence };
};

/** What has to come before something else has to be there, and not later. */
const order = (values: SettingValues, first: AgeName, then: AgeName): readonly SettingsProblem[] => {
  const [before, after] = [values[first] ?? 'none', values[then] ?? 'none'];
  const { key } = settingsTable[first];
  if (after === 'none') return [];
  if (before === 'none') return [problem(then, `is ${after}, and ${key} is none: expected ${key} to come first`)];
  return before <= after ? [] : [problem(then, `is ${after}: expected at least ${before}, as ${key} is`)];
};

/** Problems of the archive's settings with each other. */
export const checkArchive = (values: SettingValues): readonly SettingsProblem[] => [
  ...order(values, 'archiveAfterDays', 'detachAfterDays'),
  ...order(values, 'detachAfterDays', 'dropAfterDays'),
];
