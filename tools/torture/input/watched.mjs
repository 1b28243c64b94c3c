// Loaded into the receiver before its own code: tells the torture program, when asked, what the process holds after a garbage
// collection, and how long its event loop was held since the last question.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

const NANOSECONDS = 1_000_000;

process.on('message', () => {
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ rss, heapUsed, external, heldMs: delay.max / NANOSECONDS });
  delay.reset();
});
process.channel.unref();
