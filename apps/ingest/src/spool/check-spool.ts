import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spoolError } from '../receive-instance/spool-error.js';

/** Throws `ingest.spool-full` or `ingest.spool-unavailable` where nothing can be written to the spool. */
export const checkSpool = async (root: string): Promise<void> => {
  const path = join(root, `${randomUUID()}.part`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile('check');
      await file.datasync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  } catch (error) {
    throw spoolError(path, error);
  }
};
