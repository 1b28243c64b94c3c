import type { DifferentJob } from '@waystation/answers';
import { expect, it } from 'vitest';
import { jobDifferenceLines } from './job-difference-lines.js';

const difference: DifferentJob = {
  ...{ position: 1234, recordedtime: '2026-01-31T12:00:00.000Z', job: 'feed', module: 'lung', rule: 'chest' },
  ...{ studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3' },
  was: { outcome: 'routed', targets: [{ target: 'research', brings: 'output' }] },
  would: { outcome: 'discarded', targets: [] },
  because: { was: 'as the rule says', would: 'the output goes nowhere' },
};

it('say which job it is, what would follow and why', () => {
  expect(jobDifferenceLines(difference)).toEqual([
    '1234  2026-01-31T12:00:00.000Z  job feed of lung, by what it found',
    '  routed → discarded',
    '  - research',
    '  chest: as the rule says → the output goes nowhere',
  ]);
});

it('say of a module that did not run that nobody knows what it finds', () => {
  const would: DifferentJob['would'] = { outcome: 'next-step', targets: [], next: 'denoise', notify: true };
  expect(jobDifferenceLines({ ...difference, would })).toEqual(
    expect.arrayContaining([
      '  + processed by denoise next; what that finds is not known',
      '  + tells what is requested',
    ]),
  );
});

it('tell what came in from what was made', () => {
  const targets: DifferentJob['would']['targets'] = [{ target: 'research', brings: 'original' }];
  expect(jobDifferenceLines({ ...difference, would: { ...difference.was, targets } })).toEqual(
    expect.arrayContaining(['  - research', '  + research (what came in)']),
  );
});
