// The sender, a process of its own: `open` associations, `send` objects over them, `release`.
import { cases } from '../cases.mjs';
import { templatesOf } from '../templates.mjs';
import { firstNumberOf } from '../uids.mjs';
import { Association } from './association.mjs';
import { EncodedCase } from './messages.mjs';

let lanes = [];

const steps = {
  async open({ caseName, port, calledAeTitle, associations }) {
    const chosen = cases[caseName];
    const request = { calledAeTitle, ...chosen };
    const opened = [];
    for (let index = 0; index < associations; index++) opened.push(await Association.open(port, request));
    const encoded = new EncodedCase(chosen, templatesOf(chosen), opened[0].maximum);
    lanes = opened.map((association, index) => ({
      association,
      messages: encoded.forAssociation(),
      next: firstNumberOf(index),
    }));
    return { maximumLength: opened[0].maximum };
  },

  /** Ends when `count` objects are acknowledged, or no more are begun because `seconds` are over. */
  async send({ count, seconds }) {
    const run = { left: count, deadline: performance.now() + seconds * 1000, bytes: 0, latencies: [] };
    const startedAt = performance.now();
    await Promise.all(lanes.map((lane) => sendOver(lane, run)));
    const elapsed = (performance.now() - startedAt) / 1000;
    const sorted = run.latencies.toSorted((a, b) => a - b);
    const percentile = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return { objects: sorted.length, bytes: run.bytes, elapsed, p50: percentile(0.5), p99: percentile(0.99) };
  },

  async release() {
    await Promise.all(lanes.map(({ association }) => association.release()));
  },
};

async function sendOver(lane, run) {
  // Each sends at least one, however late it is.
  for (let first = true; run.left > 0 && (first || performance.now() < run.deadline); first = false) {
    run.left -= 1;
    const message = lane.messages.of(lane.next++);
    const begunAt = performance.now();
    await lane.association.store(message);
    run.latencies.push(performance.now() - begunAt);
    run.bytes += message.length;
  }
}

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
