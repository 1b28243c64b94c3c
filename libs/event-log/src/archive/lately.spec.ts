import { expect, it } from 'vitest';
import { Lately } from './lately.js';

it('makes once what is asked for again, and forgets what was not asked for longest', async () => {
  const made: string[] = [];
  const lately = new Lately<string>(2);
  const get = (key: string) => lately.get(key, async () => (made.push(key), key));
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await get(key)).toBe(key);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

it('makes again what failed', async () => {
  const lately = new Lately<number>(2);
  await expect(lately.get('a', () => Promise.reject(new Error('not now')))).rejects.toThrow('not now');
  expect(await lately.get('a', async () => 1)).toBe(1);
});
