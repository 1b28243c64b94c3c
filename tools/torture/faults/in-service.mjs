// Loaded into a service before its own code: says, when asked, what the process holds after a garbage collection, sets its clock
// forward or back, and makes the disk under its files slow. Of the clock only the time of the day: what counts milliseconds from some
// start goes on as it did.
import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const RealDate = globalThis.Date;
let ahead = 0;

globalThis.Date = class Date extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + ahead);
    else super(...values);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};

let slowMs = 0;
const handle = await open('/dev/null');
const files = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['write', 'writev', 'datasync', 'sync']) {
  const act = files[name];
  files[name] = async function (...values) {
    if (slowMs > 0) await delay(slowMs);
    return act.apply(this, values);
  };
}

process.on('message', ({ ask, aheadMs, ...told }) => {
  if (ask === 'clock') ahead = aheadMs;
  if (ask === 'disk') ({ slowMs } = told);
  if (ask !== 'measure') return;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ held: { rss, heapUsed, external, files: readdirSync('/proc/self/fd').length } });
});
// Nobody is left who would end it.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
