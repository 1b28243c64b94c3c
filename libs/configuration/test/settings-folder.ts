import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { loadSettings } from '../src/load-settings.js';
import type { Settings } from '../src/settings.js';

export type Env = Readonly<Record<string, string>>;

/** A working folder in which settings are loaded. */
export interface SettingsFolder {
  /** @param file what `waystation.json` says; left as it is where nothing is given */
  readonly load: (env?: Env, file?: unknown) => Settings;
  /** Why settings are refused; throws where they are not. */
  readonly refusal: (env: Env, file?: unknown) => Error;
  /** The path of something in it. */
  readonly at: (...names: readonly string[]) => string;
}

/** Gives each test of a file a working folder of its own. */
export const settingsFolder = (): SettingsFolder => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waystation-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const load: SettingsFolder['load'] = (env = {}, file) => {
    if (file !== undefined) writeFileSync(join(folder, 'waystation.json'), JSON.stringify(file));
    return loadSettings({ env, folder });
  };
  const refusal: SettingsFolder['refusal'] = (env, file) => {
    try {
      load(env, file);
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('was not refused');
  };
  return { load, refusal, at: (...names) => join(folder, ...names) };
};
