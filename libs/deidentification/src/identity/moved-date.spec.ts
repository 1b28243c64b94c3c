import { describe, expect, it } from 'vitest';
import { movedDate } from './moved-date.js';

describe('a moved date', () => {
  it.each([
    ['DA', '20240301', '20240220'],
    ['DA', '2024.03.01', '20240220'],
    ['DT', '20240301', '20240220'],
    ['DT', '20240301123456.123456+0100', '20240220123456.123456+0100'],
    ['DT', '2024030112-0500', '2024022012-0500'],
    ['DT', '202403', '202403'],
    ['DT', '2024+0100', '2024+0100'],
  ] as const)('%s %s becomes %s', (vr, value, moved) => {
    expect(movedDate(value, vr, 10)).toBe(moved);
  });

  it.each([
    ['DA', '20240230'],
    ['DA', '20240101 Doe'],
    ['DA', 'Doe'],
    ['DT', '20240101Doe'],
    ['DA', '00000101'],
    ['DA', ''],
  ] as const)('%s %j is none', (vr, value) => {
    expect(movedDate(value, vr, 10)).toBeUndefined();
  });

  it('keeps the distance between dates', () => {
    expect(movedDate('20240101', 'DA', 365)).toBe('20230101');
    expect(movedDate('20240108', 'DA', 365)).toBe('20230108');
  });
});
