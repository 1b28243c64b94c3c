// The process that is measured: is asked for one case at a time, and says what it took.
import { fillLog } from './fill-log.mjs';
import { openWork } from './work.mjs';
import { openWriteWork } from './write-work.mjs';

let work;
let writes;

const steps = {
  async fill({ url, events }) {
    return fillLog(url, events, (text) => process.stderr.write(`${text}\n`));
  },
  async open({ url, writeUrl, events }) {
    work = await openWork(url, events);
    writes = await openWriteWork(writeUrl);
  },
  async measure({ caseName }) {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const done = await (writes.has(caseName) ? writes : work).run(caseName);
    // A case that prepares something says itself how long the rest took.
    const { count, each, seconds = (performance.now() - startedAt) / 1000 } = done;
    const { user, system } = process.cpuUsage(cpu);
    return { count, seconds, cpuUs: user + system, each };
  },
  async close() {
    await Promise.all([work?.close(), writes?.close()]);
  },
};

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: `${step}: ${error.stack}` }),
  );
});
process.on('disconnect', () => process.exit(0));
