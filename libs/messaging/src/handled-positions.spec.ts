import { expect, it } from 'vitest';
import { HandledPositions } from './handled-positions.js';

it('remembers what was handled, each once, and forgets the oldest first', () => {
  const handled = new HandledPositions(3);
  for (const position of [1, 2, 3, 4]) handled.add(position);
  expect([1, 2, 3, 4, 4, 5].map((position) => handled.take(position))).toEqual([false, true, true, true, false, false]);
});
