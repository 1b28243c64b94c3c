import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { EventLog, migrate } from '../../../libs/event-log/dist/index.js';

/** Events in a batch, streams that they belong to, and batches in one measurement. */
const BATCH = 1000;
const STREAMS = 100;
const BATCHES = 20;
/** Milliseconds that a measurement of single appends lasts. */
const LASTS_MS = 1500;

const sample = JSON.parse(
  readFileSync(new URL('../../../libs/events/samples/instance.stored.v1.json', import.meta.url), 'utf8'),
);
const event = { type: sample.type, data: sample.data };
const metadata = { correlationid: sample.correlationid, actor: { kind: 'peer', name: sample.authid } };

/** Knows how to do every case of writing, in a log of its own. */
export async function openWriteWork(url) {
  await migrate(url);
  const owner = new pg.Client(url);
  await owner.connect();
  const log = await EventLog.open({ url, applicationName: 'bench' });
  const others = await Promise.all(
    Array.from({ length: 16 }, () => EventLog.open({ url, applicationName: 'bench-each' })),
  );
  const versions = new Map();
  const appendTo = async (through, stream, events = [event]) => {
    const expected = versions.get(stream) ?? 0;
    versions.set(stream, expected + events.length);
    const part = { stream, expected, events };
    await through.append({ time: new Date().toISOString(), metadata, parts: [part] });
  };
  const streams = Array.from({ length: STREAMS }, (_, index) => `series/1.2.3.${index}`);
  const several = Array.from({ length: BATCH / STREAMS }, () => event);
  const batchOf = (through, writer) =>
    Promise.all(streams.map((stream) => appendTo(through, `${stream}.${writer}`, several)));
  const inBatchesOf = async (writers) => {
    const counted = await Promise.all(
      others
        .slice(0, writers)
        .map((other, writer) => inBatches(() => batchOf(other, writer + 1), Math.ceil(BATCHES / writers))),
    );
    return { count: counted.reduce((sum, { count }) => sum + count, 0) };
  };
  const eachOf = (writers) =>
    meanwhile(others.slice(0, writers).map((other, caller) => () => appendTo(other, `series/each.${caller}`)));
  const work = {
    'copy-in': () => copyIn(owner),
    'append-batches': () => inBatches(() => batchOf(log, 0)),
    'append-batches-4': () => inBatchesOf(4),
    'append-batches-16': () => inBatchesOf(16),
    'append-each': () => eachOf(16),
    'append-each-4': () => eachOf(4),
    'append-64': () => meanwhile(Array.from({ length: 64 }, (_, caller) => () => appendTo(log, `series/of.${caller}`))),
    'append-one': () => meanwhile([() => appendTo(log, 'series/one')]),
    'sync-and-ask': () => syncAndAsk(owner),
  };
  return {
    has: (name) => Object.hasOwn(work, name),
    run: (name) => work[name](),
    async close() {
      await Promise.all([log, ...others].map((one) => one.close()));
      await owner.end();
    },
  };
}

async function inBatches(batch, times = BATCHES) {
  for (let done = 0; done < times; done++) await batch();
  return { count: BATCH * times };
}

/** Every caller again and again, each waiting for its own answer. */
async function meanwhile(callers) {
  const each = [];
  const until = performance.now() + LASTS_MS;
  const call = async (once) => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      await once();
      each.push(performance.now() - startedAt);
    }
  };
  await Promise.all(callers.map(call));
  return { count: each.length, each };
}

/**
 * COPY of the same rows into a table with the same columns, constraints and indexes, a transaction for each batch: the server
 * reads them from files that it wrote itself.
 */
async function copyIn(owner) {
  const { rows } = await owner.query('show data_directory');
  const fileOf = (batch) => `${rows[0].data_directory}/bench-batch-${batch}`;
  await owner.query('drop table if exists bench_rows; create table bench_rows (like log.event including all)');
  await owner.query('create unique index on bench_rows (stream_no, version)');
  for (let batch = 0; batch < BATCHES; batch++)
    await owner.query(
      `copy (select p, p, 1, $q$${event.type}$q$, now(), now(), $q$${JSON.stringify(event.data)}$q$,
        $q$${JSON.stringify(metadata)}$q$, sha256(p::text::bytea)
        from generate_series(${batch * BATCH + 1}, ${(batch + 1) * BATCH}) p) to '${fileOf(batch)}'`,
    );
  let next = 0;
  const startedAt = performance.now();
  const counted = await inBatches(() => owner.query(`copy bench_rows from '${fileOf(next++)}'`));
  return { ...counted, seconds: (performance.now() - startedAt) / 1000 };
}

/** What a single append cannot do without: one write that is durable, and one question to the server. */
async function syncAndAsk(owner) {
  const path = join(tmpdir(), `waystation-bench-${process.pid}`);
  const file = await open(path, 'w');
  const bytes = Buffer.alloc(8192, 1);
  let at = 0;
  try {
    return await meanwhile([
      async () => {
        await file.write(bytes, 0, bytes.length, (at = (at + bytes.length) % (16 * 1024 * 1024)));
        await file.datasync();
        await owner.query({ name: 'ask', text: 'select 1' });
      },
    ]);
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
