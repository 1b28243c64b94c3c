import { execFile } from 'node:child_process';

let isPossible = process.platform === 'linux';

/**
 * Gives the room of a part of a file back to the file system; reading it gives zeros from then on. Node has no call for
 * that, so it is done by `fallocate` of util-linux. Where that is not there, or the file system has no holes, nothing
 * happens: the room is given back with the whole file.
 * @param end behind the last byte; the file does not become shorter
 */
export const punchHole = async (path: string, start: number, end: number): Promise<void> => {
  if (!isPossible || end <= start) return;
  const args = ['--punch-hole', '--offset', String(start), '--length', String(end - start), path];
  await new Promise<void>((resolve) => {
    execFile('fallocate', args, (error) => {
      // Without it there never will be any; what a file system cannot do, another one may.
      if (error !== null && error.code === 'ENOENT') isPossible = false;
      resolve();
    });
  });
};
