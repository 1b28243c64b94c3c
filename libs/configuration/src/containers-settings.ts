import { join, resolve } from 'node:path';
import type { CompleteValues } from './complete-values.js';

/** Where containers run, and what of this machine they may see. */
export interface ContainersSettings {
  /** `unix:///path` or `http://host:port`. */
  readonly engine: string;
  /** Absolute path. */
  readonly folder: string;
  /** Absolute paths of the folders that modules may ask for. */
  readonly binds: readonly string[];
  readonly root: 'refuse' | 'allow';
}

export const containersSettingsFrom = (
  { containersEngine: engine, containersFolder, containersBinds: binds = [], containersRoot: root }: CompleteValues,
  folder: string,
  dataFolder: string,
): ContainersSettings => ({
  engine,
  folder: containersFolder === undefined ? join(dataFolder, 'containers') : resolve(folder, containersFolder),
  binds: binds.map((path) => resolve(path)),
  root,
});
