import { nearestName } from './nearest-name.js';
import { readValue } from './read-value.js';
import type { SettingsProblem } from './settings-problem.js';
import { otherVariables, settings, type SettingValues } from './settings-table.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'WAYSTATION_';
const names: readonly string[] = [...settings.map(([, { env }]) => env), ...otherVariables.map(({ env }) => env)];

/** The longer a name, the more likely that one close to it is a slip. Kubernetes and shells set variables of their own. */
const toleranceFor = (name: string): number => Math.min(2, Math.floor((name.length - PREFIX.length) / 4));

/** Settings of the environment. A variable that is empty counts as absent. */
export const readEnvironment = (env: Environment, problems: SettingsProblem[]): SettingValues => {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of settings) {
    const text = env[setting.env];
    if (text)
      readValue(name, setting, { raw: setting.fromText(text), shown: text, source: setting.env }, values, problems);
  }
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX) || names.includes(name)) continue;
    const meant = nearestName(name, names, toleranceFor(name));
    if (meant !== undefined)
      problems.push({ key: name, source: 'environment', sentence: `is not a setting: did you mean ${meant}?` });
  }
  return values as SettingValues;
};
