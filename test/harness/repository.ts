import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..');

/** The built entry of an app. */
export const entryOf = (app: string): string => join(repository, 'apps', app, 'dist', 'main.js');

/** The real DICOM samples beside the repository; undefined in a clone on its own. */
export const samplesFolder = (): string | undefined => {
  const folder = process.env['WAYSTATION_SAMPLES'] ?? join(repository, '..', 'shared', 'samples');
  return existsSync(join(folder, 'index.tsv')) ? folder : undefined;
};

/** The environment for programs under test: without settings of whoever runs the tests. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^WAYSTATION_(?!TEST_|SAMPLES)/.test(name) && name !== 'NODE_OPTIONS',
    ),
  );
