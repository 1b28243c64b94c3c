// The process that is measured: is asked for one case at a time, and says what it took.
import { fillLog } from './fill-log.mjs';
import { openWork } from './work.mjs';

let work;

const steps = {
  async fill({ url, events }) {
    return fillLog(url, events, (text) => process.stderr.write(`${text}\n`));
  },
  async open({ url, events }) {
    work = await openWork(url, events);
  },
  async measure({ caseName }) {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const { count, each } = await work.run(caseName);
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { count, seconds, cpuUs: user + system, each };
  },
  async close() {
    await work?.close();
  },
};

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: `${step}: ${error.stack}` }),
  );
});
process.on('disconnect', () => process.exit(0));
