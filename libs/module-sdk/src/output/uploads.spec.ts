import { describe, expect, it } from 'vitest';
import { Uploads } from './uploads.js';

/** Uploads that end when they are told to. */
const counted = () => {
  let now = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const upload = async (): Promise<void> => {
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => ends.push(resolve));
    now -= 1;
  };
  return { upload, ends, most: () => most };
};

describe('Uploads', () => {
  it.each([
    ['8 small ones', 1, 8],
    ['as many as have room', 30 * 1024 * 1024, 2],
    ['one that is too large for the rest', 1024 * 1024 * 1024, 1],
  ])('go on %s at a time', async (_what, size, expected) => {
    const { upload, ends, most } = counted();
    const uploads = new Uploads(() => undefined);
    const started = Array.from({ length: 20 }, () => uploads.start(size, upload));
    let over = false;
    const settled = Promise.all(started)
      .then(() => uploads.settled())
      .then(() => (over = true));
    while (!over) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled;
    expect(most()).toBe(expected);
  });

  it('tell what went wrong to whoever wants to know', async () => {
    const faults: unknown[] = [];
    const uploads = new Uploads((error) => faults.push(error));
    await uploads.start(1, () => Promise.reject(new Error('away')));
    await uploads.settled();
    expect(faults).toEqual([new Error('away')]);
  });
});
