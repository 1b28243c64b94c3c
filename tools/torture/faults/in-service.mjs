// Loaded into a service before its own code: says, when asked, what the process holds after a garbage collection, and sets its clock
// forward or back. Only the time of the day: what counts milliseconds from some start goes on as it did.
import { readdirSync } from 'node:fs';
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

process.on('message', ({ ask, aheadMs }) => {
  if (ask === 'clock') ahead = aheadMs;
  if (ask !== 'measure') return;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ held: { rss, heapUsed, external, files: readdirSync('/proc/self/fd').length } });
});
// Nobody is left who would end it.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
