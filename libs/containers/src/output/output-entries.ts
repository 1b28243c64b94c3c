import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@waystation/kernel';
import type { OutputBounds } from './output-bounds.js';

/** A file that a container wrote. */
export interface OutputEntry {
  /** Below the folder, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

const DEEPEST = 32;

/**
 * All files below a folder, by name. Nothing is followed: a link may lead anywhere, and a device never ends.
 *
 * @throws CodedError `container.output-unsafe`, `container.output-too-many`, `container.output-too-large`; they do not say
 *   names, which the module chose and which may name patients
 */
export const outputEntries = async (folder: string, bounds: OutputBounds): Promise<readonly OutputEntry[]> => {
  const found: OutputEntry[] = [];
  const seen = { entries: 0, bytes: 0 };
  const walk = async (prefix: string, depth: number): Promise<void> => {
    if (depth > DEEPEST) throw fault('unsafe', `the module made folders more than ${DEEPEST} deep`);
    for (const name of (await readdir(join(folder, prefix))).toSorted()) {
      seen.entries += 1;
      if (seen.entries > bounds.entries) throw tooMany(bounds);
      const path = join(folder, prefix, name);
      const entry = await lstat(path);
      if (entry.isDirectory()) await walk(`${prefix}${name}/`, depth + 1);
      else if (entry.isFile()) found.push({ name: prefix + name, path, size: entry.size });
      else
        throw fault(
          'unsafe',
          `the module made ${entry.isSymbolicLink() ? 'a symbolic link' : 'something that is no file'}`,
        );
      seen.bytes += entry.isFile() ? entry.size : 0;
      if (seen.bytes > bounds.bytes) throw tooLarge(bounds);
    }
  };
  await walk('', 0);
  return found;
};

/** The module made more files than it may. */
export const tooMany = ({ entries }: OutputBounds): CodedError =>
  fault('too-many', `the module made more than ${entries} files, the most that a job may make`);

/** The module made more bytes than it may. */
export const tooLarge = ({ bytes }: OutputBounds): CodedError =>
  fault('too-large', `the module wrote more than ${bytes} bytes, the most that a job may make`);

const fault = (code: 'unsafe' | 'too-many' | 'too-large', message: string): CodedError =>
  new CodedError(`container.output-${code}`, message, { details: { retryable: false } });
