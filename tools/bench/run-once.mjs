import { spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cases } from './cases.mjs';
import { PeerProcess } from './peer-process.mjs';
import { figuresOf } from './process-figures.mjs';
import { receivers } from './receivers/receivers.mjs';
import { verifyStored } from './verify-stored.mjs';

const senderProgram = new URL('sender/main.mjs', import.meta.url);
/** What a receiver still does behind its last answer is charged to it. */
const SETTLE_MS = 200;

/**
 * Starts a receiver on a fresh folder and database, warms it up, measures one case, checks what it kept, and removes
 * everything.
 */
export async function runOnce({ receiverName, caseName, associations, seconds, warmUpSeconds, count }, bench) {
  const receiver = receivers[receiverName];
  const chosen = cases[caseName];
  const folder = join(bench.folder, `${receiverName}-${caseName}`);
  await Promise.all(['objects', 'index'].map((name) => mkdir(join(folder, name), { recursive: true })));
  const database = receiver.usesDatabase ? await bench.database.create() : undefined;
  const port = await freePort();
  const program = receiver.start({ folder, port, database, associations, profiles: bench.profiles });
  const sender = new PeerProcess(senderProgram);
  const running = [sender, program];
  bench.running = running;
  try {
    const work = async () => {
      await sender.ask('open', { caseName, port, associations, calledAeTitle: 'WAYSTATION' });
      const warm = await sender.ask('send', { count, seconds: warmUpSeconds });
      const before = figures(program, database && bench.database);
      const sent = await sender.ask('send', { count, seconds });
      await delay(SETTLE_MS);
      const after = figures(program, database && bench.database);
      await sender.ask('release');
      return { sent, before, after, objects: warm.objects + sent.objects };
    };
    const { sent, before, after, objects } = await Promise.race([work(), program.fails()]);
    await verifyStored(join(folder, 'objects'), receiver, chosen, objects);
    await verifyWritten(receiver, database, objects, bench);
    return measurement(sent, before, after);
  } finally {
    for (const one of running) await one.stop();
    bench.running = [];
    if (database) await bench.database.drop(database);
    await rm(folder, { recursive: true, force: true });
    // What is still to be written must not burden whoever comes next.
    spawnSync('sync', ['--file-system', bench.folder]);
  }
}

async function verifyWritten({ written }, database, objects, bench) {
  if (written === undefined) return;
  const known = await bench.database.count(database, written);
  if (known !== objects) throw new Error(`${known} of ${objects} objects are in the database`);
}

const figures = (program, database) => ({
  receiver: figuresOf(program.pid),
  databaseCpuMs: database ? figuresOf(database.pid).cpuMs : 0,
});

const measurement = ({ objects, bytes, elapsed, p50, p99 }, before, after) => ({
  perSecond: objects / elapsed,
  megabytes: bytes / 1e6 / elapsed,
  cpuMs: (after.receiver.cpuMs - before.receiver.cpuMs) / objects,
  databaseCpuMs: (after.databaseCpuMs - before.databaseCpuMs) / objects,
  peakMegabytes: after.receiver.peakBytes / 1e6,
  p50,
  p99,
});

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
