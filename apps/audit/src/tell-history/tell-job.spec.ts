import { JobRouted } from '@waystation/events';
import { exampleJob, recorded } from '@waystation/testing';
import { expect, it } from 'vitest';
import { sentenceFor } from './sentence-for.js';

const j = exampleJob;
const file = { key: 'k', sha256: '0'.repeat(64), size: 1 };
const routed = (data: Partial<JobRouted['data']>) =>
  JobRouted.of({ attempt: 1, outcome: 'kept', deliveries: [], because: 'as the rule says', ...data });
const digest = `sha256:${'ab'.repeat(32)}`;

it.each([
  [j.requested(), "2 objects to be processed by anonymizer ('CT to research')"],
  [
    j.requested({ step: 1, priority: 'urgent' }),
    "2 objects to be processed by anonymizer (step 2 of 'CT to research'), urgent",
  ],
  [j.started(1), 'attempt 1 by anonymizer-1: app anonymizer 1.0.0, with 2 objects, digest d1d1d1d1d1d1…'],
  [
    j.started(2, { executor: { kind: 'container', image: 'lung:1', imageDigest: digest } }),
    'attempt 2 by anonymizer-1: container lung:1, sha256:abababababab…, with 2 objects, digest d1d1d1d1d1d1…',
  ],
  [j.progressed(1, 0.256), '26 % done'],
  [
    j.succeeded(1, {
      files: [{ name: 'report.pdf', object: file }],
      log: file,
      exitCode: 0,
      peakMemoryBytes: 1_048_577,
    }),
    'processed in 1.2 s: 0 objects made, 1 file, a log, exit code 0, at most 2 MB of memory',
  ],
  [
    j.failed(1, { exitCode: 3, log: file }),
    'attempt 1 failed: job.exit-code, the module ended with exit code 3 (exit code 3); its log is kept',
  ],
  [j.failed(1, { by: 'waystation' }), 'attempt 1 broken off: job.exit-code, the module ended with exit code 3'],
  [j.timedOut(1), 'attempt 1 stopped after 60 s: it may take 60 s'],
  [j.retryScheduled(2, 1500), 'attempt 2 in 1.5 s'],
  [j.abandoned(3), 'given up after 3 attempts: job.exit-code'],
  [j.cancelled(), 'cancelled: nobody needs it'],
  [j.restarted({ dates: 'kept', pixels: 'kept' }), 'to be done again with other dates, pixels: the licence is back'],
  [routed({}), 'kept: as the rule says'],
  [
    routed({ outcome: 'next-step', next: 'abc', because: "module 'lung' is the next step" }),
    "goes on with job abc: module 'lung' is the next step",
  ],
])('a job says %#', (event, sentence) => {
  expect(sentenceFor(recorded(event, { sequence: 1, position: 1 }))).toBe(sentence);
});
