import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { EventLog } from '../../../libs/event-log/dist/index.js';
import { PeerProcess } from '../peer-process.mjs';

const PER_SECOND = 100;
const APPENDS = 500;

const { type, data } = JSON.parse(
  readFileSync(new URL('../../../libs/events/samples/series.completed.v1.json', import.meta.url), 'utf8'),
);

/** Knows how long it takes from a commit to a consumer behind the broker, which listens in another process. */
export async function openLatencyWork(url, broker) {
  const log = await EventLog.open({ url, applicationName: 'bench' });
  const listener = new PeerProcess(new URL('listener.mjs', import.meta.url));
  await listener.ask('listen', { url, broker });
  let streams = 0;
  const append = async () => {
    const part = { stream: `series/latency.${streams++}`, expected: 0, events: [{ type, data }] };
    const [{ position }] = await log.append({ time: new Date().toISOString(), metadata: {}, parts: [part] });
    return [position, process.hrtime.bigint()];
  };
  return {
    run: async () => {
      const committed = new Map(await atAnEvenPace(append));
      const heard = await listener.ask('heard', { positions: [...committed.keys()] });
      const each = heard.map(([position, at]) => Math.max(0, Number(BigInt(at) - committed.get(position)) / 1e6));
      return { count: each.length, each };
    },
    close: async () => {
      await listener.ask('close');
      await listener.stop();
      await log.close();
    },
  };
}

/** Begins an append whenever its moment comes, whether the one before has ended or not. */
async function atAnEvenPace(append) {
  const startedAt = performance.now();
  const under = [];
  for (let appended = 0; appended < APPENDS; appended++) {
    await sleep(Math.max(0, startedAt + (1000 * appended) / PER_SECOND - performance.now()));
    under.push(append());
  }
  return Promise.all(under);
}
