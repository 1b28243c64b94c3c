import { createCipheriv } from 'node:crypto';
import { openObjectStore } from '../../libs/object-store/dist/index.js';
import { ObjectServer } from './object-server.mjs';
import { median } from './report.mjs';

/** Of a CT slice with its header. */
const BYTES = 526_000;
const IN_FLIGHT = [1, 4, 16];

/** What the S3 server can do without any receiver: one object after the other, by so many at a time, through our adapter. */
export async function measureS3Alone(seconds) {
  const lines = [
    'in flight | objects/s | MB/s | p50 ms | p99 ms | CPU ms/object of the server',
    '--- | --- | --- | --- | --- | ---',
  ];
  for (const inFlight of IN_FLIGHT) lines.push(await measure(inFlight, seconds));
  const what = `### S3 alone\n\nA look whether the object is there (HEAD) and its PUT, ${BYTES} bytes each.`;
  return `${what}\n\n${lines.map((line) => `| ${line} |`).join('\n')}`;
}

async function measure(inFlight, seconds) {
  const server = await ObjectServer.start();
  const store = await openObjectStore(server.url);
  try {
    await putFor(store, inFlight, 0.5);
    const cpuBefore = server.cpuMs;
    const startedAt = performance.now();
    const latencies = await putFor(store, inFlight, seconds);
    const elapsed = (performance.now() - startedAt) / 1000;
    const perSecond = latencies.length / elapsed;
    const p99 = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)];
    const figures = [
      perSecond,
      (perSecond * BYTES) / 1e6,
      median(latencies),
      p99,
      (server.cpuMs - cpuBefore) / latencies.length,
    ];
    return [inFlight, ...figures.map((figure) => figure.toFixed(1))].join(' | ');
  } finally {
    await store.close();
    await server.stop();
  }
}

let count = 0;

async function putFor(store, inFlight, seconds) {
  const latencies = [];
  const deadline = performance.now() + seconds * 1000;
  const lane = async () => {
    while (performance.now() < deadline) {
      const bytes = noise(++count);
      const begunAt = performance.now();
      await store.put(`objects/${count}.dcm`, bytes);
      latencies.push(performance.now() - begunAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return latencies;
}

const noise = (seed) => {
  const start = Buffer.alloc(16);
  start.writeUInt32BE(seed);
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), start).update(Buffer.alloc(BYTES));
};
