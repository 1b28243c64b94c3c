import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.js';

describe('nearestName', () => {
  it.each([
    ['port', 'port'],
    ['prot', 'port'],
    ['hots', 'host'],
    ['por', 'port'],
    ['ports', 'port'],
    ['entirely-else', undefined],
    ['', undefined],
  ])('takes %j for %j', (text, meant) => {
    expect(nearestName(text, ['host', 'port', 'title'], 2)).toBe(meant);
  });
});
