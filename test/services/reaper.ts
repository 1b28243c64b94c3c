import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Reads pids, one a line. When the pipe closes (we ended, in whatever way) it kills the process group of each and removes the
 * folder. A pid that meanwhile belongs to another process, which shows in its start time, is spared.
 */
const script = `
started() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }
known=
while read -r pid; do known="$known $pid:$(started "$pid")"; done
for one in $known; do
  pid=\${one%%:*}; now=$(started "$pid")
  if [ -z "$now" ] || [ "$now" = "\${one#*:}" ]; then kill -9 "-$pid" 2>/dev/null; fi
done
for try in 1 2 3 4 5; do rm -rf "$1" 2>/dev/null && break; sleep 0.2; done
`;

/** Sees to it that no process and no file of a test run outlives it, also when the run is killed. */
class Reaper {
  private readonly folder = mkdtempSync(join(tmpdir(), 'waystation-test-'));
  private readonly shell: ChildProcess = spawn('/bin/sh', ['-c', script, 'sh', this.folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });

  constructor() {
    this.shell.unref();
  }

  async makeFolder(name: string): Promise<string> {
    return mkdtemp(join(this.folder, `${name}-`));
  }

  adopt(pid: number): void {
    this.shell.stdin?.write(`${pid}\n`);
  }

  async reap(): Promise<void> {
    const exited = once(this.shell, 'exit');
    this.shell.ref();
    this.shell.stdin?.end();
    await exited;
  }
}

let current: Reaper | undefined;

const reaper = (): Reaper => (current ??= new Reaper());

/** A fresh folder that disappears with this run. */
export const temporaryFolder = async (name: string): Promise<string> => reaper().makeFolder(name);

/** Ties a process group to this run: it is killed when the run ends. */
export const adoptProcessGroup = (leader: number): void => reaper().adopt(leader);

/** Kills and removes everything now. */
export async function reapEverything(): Promise<void> {
  const reaping = current;
  current = undefined;
  await reaping?.reap();
}
