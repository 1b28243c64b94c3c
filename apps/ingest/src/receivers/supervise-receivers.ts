import cluster, { type Worker } from 'node:cluster';

/** A receiver that ends sooner than this never worked: starting it again would only repeat the fault. */
const YOUNG_MS = 5000;

/**
 * Runs several receivers behind one port: the supervisor accepts connections and hands each to the next receiver, so that
 * an association stays with one process. A receiver that dies is replaced; what it had acknowledged is durable, and its
 * peers see a lost connection.
 * @param say where sentences for people go
 */
export const superviseReceivers = (count: number, say: (sentence: string) => void): void => {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  let stopping = false;
  const bornAt = new Map<number, number>();
  const start = (): Worker => {
    const worker = cluster.fork();
    bornAt.set(worker.id, Date.now());
    return worker;
  };
  cluster.on('message', (_worker, message: unknown) => process.send?.(message));
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
      return;
    }
    say(`receiver ${worker.process.pid} ended with ${signal || code}`);
    if (Date.now() - (bornAt.get(worker.id) ?? 0) < YOUNG_MS) {
      stop('SIGTERM');
      process.exitCode = 1;
    } else start();
  });
  const stop = (signal: NodeJS.Signals): void => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', () => stop('SIGTERM'));
  for (let receiver = 0; receiver < count; receiver++) start();
};
