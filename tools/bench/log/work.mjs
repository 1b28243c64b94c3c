import pg from 'pg';
import { replayStream, seriesDecider } from '../../../libs/domain/dist/index.js';
import { EventLog, Sealer, verifyLog } from '../../../libs/event-log/dist/index.js';
import { rebuild } from './rebuild-work.mjs';
import { decideAgain, whatIf } from './what-if-work.mjs';

const REPLAYED = 'position, stream_no, version, type, recorded_at, occurred_at, data, meta';
/** Series that are looked at in one measurement of time travel. */
const TRAVELS = 200;

/** Opens a filled log, seals it, and knows how to do every case on it. */
export async function openWork(url, events) {
  const owner = new pg.Client(url);
  await owner.connect();
  const log = await EventLog.open({ url, applicationName: 'bench' });
  await new Sealer(log, { service: 'bench' }).sealNow();
  const copy = (columns) => async () => {
    await owner.query(`copy (select ${columns} from log.event order by position) to '/dev/null' (format binary)`);
    return { count: events };
  };
  const work = {
    'copy-limit': copy(REPLAYED),
    'copy-all-limit': copy(`${REPLAYED}, hash`),
    'read-and-fold': () => readAndFold(log),
    'fold-series': () => foldSeries(log),
    verify: () => verify(log),
    'time-travel': () => timeTravel(log, events),
    'what-if': () => whatIf(log),
    'what-if-decide': () => decideAgain(),
    rebuild: () => rebuild(log, url, events),
  };
  return {
    run: (name) => work[name](),
    async close() {
      await log.close();
      await owner.end();
    },
  };
}

async function readAndFold(log) {
  const streams = new Map();
  let count = 0;
  for await (const page of log.replay({ after: 0 })) {
    for (const { stream, sequence, data } of page) {
      let state = streams.get(stream);
      if (state === undefined) streams.set(stream, (state = { events: 0, bytes: 0, last: 0 }));
      state.events += 1;
      state.bytes += data.object?.size ?? 0;
      state.last = sequence;
      count += 1;
    }
  }
  return { count };
}

async function foldSeries(log) {
  const states = new Map();
  let count = 0;
  for await (const page of log.replay({ after: 0 })) {
    for (const event of page) {
      if (!event.stream.startsWith('series/')) continue;
      const state = states.get(event.stream) ?? seriesDecider.initial;
      if (event.type === 'series.routed.v1') states.delete(event.stream);
      else states.set(event.stream, seriesDecider.evolve(state, event));
      count += 1;
    }
  }
  return { count };
}

async function verify(log) {
  const { ok, events, problems } = await verifyLog(log);
  if (!ok) throw new Error(`the log is damaged: ${problems[0].message}`);
  return { count: events };
}

async function timeTravel(log, events) {
  const each = [];
  for (let travel = 0; travel < TRAVELS; travel++) {
    const { stream, sequence } = await log.read(1 + Math.floor(Math.random() * events));
    const startedAt = performance.now();
    replayStream(stream, await log.readStream(stream, { through: sequence }));
    each.push(performance.now() - startedAt);
  }
  return { count: TRAVELS, each };
}
