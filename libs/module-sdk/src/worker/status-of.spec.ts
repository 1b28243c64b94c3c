import { expect, it } from 'vitest';
import { statusOf } from './status-of.js';

it.each([
  [{ status: 'partial' }, 'partial'],
  [{ status: 'failed', nodules: 3 }, 'failed'],
  [{ status: 'success' }, undefined],
  [{ status: 'PARTIAL' }, undefined],
  [{ status: true }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('knows what a module says of its own work: %j', (result, status) => {
  expect(statusOf(result)).toBe(status);
});
