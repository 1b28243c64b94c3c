import { expect, it } from 'vitest';
import { oneMore } from './one-more.js';

it.each([
  ['50', '51'],
  ['999', '1000'],
  ['1000', '1000'],
  ['1001', '1001'],
  ['0', '0'],
  ['-1', '-1'],
  ['many', 'many'],
])('--limit %s asks for %s lines', (limit, asked) => {
  expect(oneMore({ limit, modality: 'CT' })).toEqual({ limit: asked, modality: 'CT' });
});
