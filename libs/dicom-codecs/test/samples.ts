import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');
const folder = process.env['WAYSTATION_SAMPLES'] ?? join(repository, '..', 'shared', 'samples');
const index = join(folder, 'index.tsv');
const column = { file: 0, label: 7 } as const;

export const samplePath = (name: string): string => join(folder, name);

/** Names of the objects of real devices that are valid, where the folder with the samples is there. */
export const validSamples: readonly string[] = existsSync(index)
  ? readFileSync(index, 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((cells) => cells[column.label] === 'valid')
      .map((cells) => cells[column.file] ?? '')
  : [];
