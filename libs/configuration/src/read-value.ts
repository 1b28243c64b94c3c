import { shownValue } from './hide-secrets.js';
import type { SettingsProblem } from './settings-problem.js';
import type { Setting } from './setting.js';

/** Reads one value and puts it under its name in the values, or notes what is wrong with it. */
export const readValue = (
  name: string,
  setting: Setting<unknown>,
  found: { readonly raw: unknown; readonly shown: unknown; readonly source: string },
  values: Record<string, unknown>,
  problems: SettingsProblem[],
): void => {
  const parsed = setting.schema.safeParse(found.raw);
  if (parsed.success) values[name] = parsed.data;
  else
    problems.push({
      key: setting.key,
      source: found.source,
      sentence: `is ${shownValue(found.shown, setting.secret)}: expected ${setting.expected}`,
    });
};
