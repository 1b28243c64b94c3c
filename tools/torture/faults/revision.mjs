import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../setup/root.mjs';

/** The commit of what runs, with a + where something was changed since; `unknown` outside a clone. */
export async function revision() {
  try {
    const { stdout } = await promisify(execFile)('git', ['describe', '--always', '--dirty=+', '--exclude=*'], {
      cwd: root,
    });
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}
