import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cases } from './cases.mjs';
import { ObjectServer } from './object-server.mjs';
import { PeerProcess } from './peer-process.mjs';
import { figuresOf } from './process-figures.mjs';
import { receivers } from './receivers/receivers.mjs';
import { verifyStored } from './verify-stored.mjs';

const senderProgram = new URL('sender/main.mjs', import.meta.url);
/** What a receiver still does behind its last answer is charged to it. */
const SETTLE_MS = 200;
/** For the start, the warm-up, and objects that were begun in time. */
const PATIENCE_SECONDS = 120;

/**
 * Starts a receiver on a fresh folder and database, warms it up, measures one case, checks what it kept, and gives the
 * space back.
 */
export async function runOnce({ receiverName, caseName, associations, seconds, warmUpSeconds, count }, bench) {
  const receiver = receivers[receiverName];
  const chosen = cases[caseName];
  const folder = await mkdtemp(join(bench.folder, `${receiverName}-${caseName}-`));
  for (const name of ['objects', 'index']) await mkdir(join(folder, name));
  const database = receiver.usesDatabase ? await bench.database.create() : undefined;
  const s3 = receiver.usesS3 ? await ObjectServer.start() : undefined;
  const port = await freePort();
  const program = receiver.start({ folder, port, database, s3, associations, profiles: bench.profiles });
  const sender = new PeerProcess(senderProgram);
  const running = [sender, program, ...(s3 ? [s3] : [])];
  bench.running = running;
  try {
    const work = async () => {
      await sender.ask('open', { caseName, port, associations, calledAeTitle: 'WAYSTATION' });
      const warm = await sender.ask('send', { count, seconds: warmUpSeconds });
      const movedBefore = await movedBy(receiver, database, bench);
      const before = figures(program, database && bench.database, s3);
      const begunAt = performance.now();
      const sent = await sender.ask('send', { count, seconds });
      const objects = warm.objects + sent.objects;
      await untilMoved(receiver, database, objects, bench);
      const movedPerSecond = receiver.moved ? (objects - movedBefore) / ((performance.now() - begunAt) / 1000) : 0;
      await delay(SETTLE_MS);
      const after = figures(program, database && bench.database, s3);
      await sender.ask('release');
      return { measured: { ...measurement(sent, before, after), movedPerSecond }, objects };
    };
    const { measured, objects } = await Promise.race([work(), program.fails(), tooLate(seconds)]);
    await verifyStored(join(folder, 'objects'), s3?.url, receiver, chosen, objects);
    await verifyWritten(receiver, database, objects, bench);
    return measured;
  } finally {
    for (const one of running) await one.stop();
    bench.running = [];
    if (database) await bench.database.drop(database);
    await emptyFiles(folder);
    // What is still to be written must not burden whoever comes next.
    spawnSync('sync', ['--file-system', bench.folder]);
  }
}

/**
 * Gives the space back and leaves the names until the end: ext4 without a journal looks at every inode that was removed in
 * the last minute whenever it makes a file, and whoever comes next would pay for that.
 */
async function emptyFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  await Promise.all(paths.map((path) => truncate(path)));
}

async function verifyWritten({ written }, database, objects, bench) {
  if (written === undefined) return;
  const known = await bench.database.count(database, written);
  if (known !== objects) throw new Error(`${known} of ${objects} objects are in the database`);
}

const movedBy = ({ moved }, database, bench) => (moved === undefined ? 0 : bench.database.count(database, moved));

/** What a spooling receiver acknowledged is done only when it is in the object store; its CPU counts until then. */
async function untilMoved(receiver, database, objects, bench) {
  if (receiver.moved === undefined) return;
  while ((await movedBy(receiver, database, bench)) < objects) await delay(250);
}

/** One that hangs must not stop the others. */
async function tooLate(seconds) {
  await delay((seconds + PATIENCE_SECONDS) * 1000, undefined, { ref: false });
  throw new Error(`no end within ${seconds + PATIENCE_SECONDS} s`);
}

const figures = (program, database, s3) => ({
  receiver: figuresOf(program.pid),
  databaseCpuMs: database ? figuresOf(database.pid).cpuMs : 0,
  s3CpuMs: s3 ? s3.cpuMs : 0,
});

const measurement = ({ objects, bytes, elapsed, p50, p99 }, before, after) => ({
  perSecond: objects / elapsed,
  megabytes: bytes / 1e6 / elapsed,
  cpuMs: (after.receiver.cpuMs - before.receiver.cpuMs) / objects,
  databaseCpuMs: (after.databaseCpuMs - before.databaseCpuMs) / objects,
  s3CpuMs: (after.s3CpuMs - before.s3CpuMs) / objects,
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
