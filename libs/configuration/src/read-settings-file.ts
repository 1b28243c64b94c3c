import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '@waystation/kernel';
import { nearestName } from './nearest-name.js';
import type { Environment } from './read-environment.js';
import { readValue } from './read-value.js';
import type { SettingsProblem } from './settings-problem.js';
import { settings, type SettingValues } from './settings-table.js';

const keys: readonly string[] = settings.map(([, { key }]) => key);
const isSection = (key: string): boolean => keys.some((known) => known.startsWith(`${key}.`));
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where JSON breaks off; never what is written there, which may be a secret. */
const placeIn = (error: unknown): string =>
  /(line \d+ column \d+|position \d+)/.exec(messageOf(error))?.[0] ?? 'some place';

const textOf = (path: string, needed: boolean, problems: SettingsProblem[]): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (needed || !absent)
      problems.push({ key: 'the file', source: path, sentence: `cannot be read: ${messageOf(error)}` });
    return undefined;
  }
};

const parse = (text: string, path: string, problems: SettingsProblem[]): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    problems.push({ key: 'the file', source: path, sentence: `is not JSON at ${placeIn(error)}` });
    return {};
  }
};

/** `{ dicom: { port: 1 } }` as `dicom.port` → 1. */
const flatten = (
  section: Readonly<Record<string, unknown>>,
  prefix: string,
  path: string,
  problems: SettingsProblem[],
): Map<string, unknown> => {
  const flat = new Map<string, unknown>();
  for (const [name, value] of Object.entries(section)) {
    const key = prefix + name;
    if (keys.includes(key)) flat.set(key, value);
    else if (!isSection(key)) {
      const meant = nearestName(key, keys, 3);
      const hint = meant === undefined ? '' : `: did you mean ${meant}?`;
      problems.push({ key, source: path, sentence: `is not a setting${hint}` });
    } else if (isRecord(value))
      for (const [inner, leaf] of flatten(value, `${key}.`, path, problems)) flat.set(inner, leaf);
    else problems.push({ key, source: path, sentence: `is not an object: expected { … } with its settings` });
  }
  return flat;
};

/** Settings of `waystation.json` in the folder, or of the file that WAYSTATION_CONFIG names, which has to exist. */
export const readSettingsFile = (env: Environment, folder: string, problems: SettingsProblem[]): SettingValues => {
  const named = env['WAYSTATION_CONFIG'];
  const path = resolve(folder, named || 'waystation.json');
  const text = textOf(path, Boolean(named), problems);
  if (text === undefined) return {};
  const content = parse(text, path, problems);
  if (!isRecord(content)) {
    problems.push({ key: 'the file', source: path, sentence: 'does not hold an object: expected { … }' });
    return {};
  }
  const found = flatten(content, '', path, problems);
  const values: Record<string, unknown> = {};
  for (const [name, setting] of settings) {
    const raw = found.get(setting.key);
    if (raw !== undefined) readValue(name, setting, { raw, shown: raw, source: path }, values, problems);
  }
  return values as SettingValues;
};
