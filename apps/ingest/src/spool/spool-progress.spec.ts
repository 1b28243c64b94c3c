import type { SpooledObject } from '@waystation/object-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWaiting } from './describe-waiting.js';
import { SpoolProgress, sumOf } from './spool-progress.js';
import { SpoolWalk } from './spool-walk.js';

const objectAt = (index: number): SpooledObject => ({
  file: '1.segment',
  offset: index * 512 + 64,
  size: 100,
  sha256: index.toString(16).padStart(64, '0'),
  label: '1.2_1.3',
  writtenAt: 1000 + index,
  end: (index + 1) * 512,
});

describe('What waits in a spool', () => {
  it('is what has not left its files, however often they are gone through', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.array(fc.nat(29)), { maxLength: 6 }),
        (count, passes) => {
          const progress = new SpoolProgress();
          const objects = Array.from({ length: count }, (_, index) => objectAt(index));
          for (const { file, size, writtenAt } of objects) progress.added(file, size, writtenAt);
          const gone = new Set<SpooledObject>();
          for (const pass of passes) {
            for (const index of pass) if (objects[index] !== undefined) gone.add(objects[index]);
            const walk = new SpoolWalk(progress.cursorOf('1.segment'));
            walk.take(
              objects.filter(({ offset }) => offset > walk.cursor),
              gone,
            );
            progress.passed('1.segment', walk);
            progress.waitingSince('1.segment', walk.waitingSince);
          }
          const first = passes.length === 0 ? 0 : objects.findIndex((object) => !gone.has(object));
          const waiting = first < 0 ? 0 : count - first;
          expect(progress.totals).toEqual({
            objects: waiting,
            bytes: waiting * 100,
            oldestAt: waiting === 0 ? undefined : 1000 + first,
          });
        },
      ),
    );
  });

  it('is nothing of a file that is gone', () => {
    const progress = new SpoolProgress();
    progress.added('1.segment', 100, 1000);
    progress.removed('1.segment');
    expect(progress.totals).toEqual({ objects: 0, bytes: 0, oldestAt: undefined });
    expect(progress.cursorOf('1.segment')).toBe(0);
  });

  it('is said in words', () => {
    const totals = sumOf([
      { objects: 2, bytes: 3_000_000, oldestAt: 5000 },
      { objects: 1, bytes: 250_000, oldestAt: 2000 },
      { objects: 0, bytes: 0, oldestAt: undefined },
    ]);
    expect(describeWaiting(totals, 62_400)).toBe('3 objects wait in the spool (3.3 MB), the first for 60 s');
    expect(describeWaiting({ objects: 1, bytes: 0, oldestAt: undefined })).toContain('1 object waits');
    expect(describeWaiting(sumOf([]))).toBe('nothing waits in the spool');
  });
});
