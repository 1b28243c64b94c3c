import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../src/load-settings.js';
import type { Settings } from '../src/settings.js';

export type Env = Readonly<Record<string, string>>;

/** A working folder of its own, in which settings are loaded. */
export class SettingsFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'waystation-settings-'));

  /** @param file what `waystation.json` says; left as it is where nothing is given */
  load(env: Env = {}, file?: unknown): Settings {
    if (file !== undefined) writeFileSync(join(this.path, 'waystation.json'), JSON.stringify(file));
    return loadSettings({ env, folder: this.path });
  }

  /** Why settings are refused; throws where they are not. */
  refusal(env: Env, file?: unknown): Error {
    try {
      this.load(env, file);
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('was not refused');
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
