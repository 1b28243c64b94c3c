import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformWithOxc } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-end-with-parent-'));
});

afterEach(async () => rm(folder, { recursive: true }));

/** A program that starts a sleeper, ties it to itself, does what `then` says, and goes on for ever. */
const startParent = async (then: string) => {
  const source = new URL('end-with-parent.ts', import.meta.url).pathname;
  const { code } = await transformWithOxc(await readFile(source, 'utf8'), source);
  await writeFile(join(folder, 'end-with-parent.mjs'), code);
  const program = `
    import { spawn } from 'node:child_process';
    import { endWithParent } from './end-with-parent.mjs';
    const sleeper = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' });
    const release = endWithParent(sleeper.pid);
    ${then}
    console.log(sleeper.pid);
    setInterval(() => undefined, 1000);`;
  await writeFile(join(folder, 'parent.mjs'), program);
  const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, sleeper: Number(pid) };
};

test('ends the child when the parent is killed', async () => {
  const { parent } = await startParent('');

  parent.kill('SIGKILL');

  // The sleeper holds the other end of this pipe: it closes when both are gone.
  await once(parent, 'close');
});

test('leaves the child alone once the watch is called off', async () => {
  const { parent, sleeper } = await startParent('release();');
  let closed = false;
  parent.once('close', () => (closed = true));

  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await sleep(300);

  expect(closed).toBe(false);
  process.kill(sleeper, 'SIGKILL');
  await once(parent, 'close');
});
