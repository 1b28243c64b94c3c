import type { SettingKind } from './setting-kinds.js';

/** One setting: where it is read from, what it means and what it may be. */
export interface Setting<Value> extends SettingKind<Value> {
  /** Path in `waystation.json`. */
  readonly key: string;
  /** Environment variable. */
  readonly env: string;
  /** One or two sentences for people. */
  readonly doc: string;
  /** The default as text of the variable; it is read like one. */
  readonly fallback?: string;
  /** What the default is where it depends on other settings. */
  readonly otherwise?: string;
  /** Whether the value is a secret, or a URL that may hold one. */
  readonly secret?: 'value' | 'in-url';
}

type Rest = Pick<Setting<never>, 'doc' | 'fallback' | 'otherwise' | 'secret'>;
/** Makes a row of the table. */
export const setting = <Value>(key: string, env: string, of: SettingKind<Value>, rest: Rest): Setting<Value> => ({
  key,
  env: `WAYSTATION_${env}`,
  ...of,
  ...rest,
});
