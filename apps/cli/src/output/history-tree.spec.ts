import type { HistoryEntry } from '@waystation/answers';
import { expect, it } from 'vitest';
import { historyTree } from './history-tree.js';

const entry = (position: number, type: string, subject: string, cause?: number): HistoryEntry => ({
  specversion: '1.0',
  id: String(position),
  source: '/log/main/1',
  type: `${type}.v1`,
  subject,
  time: 'T',
  sequence: '1',
  recordedtime: 'T',
  sentence: `number ${position}`,
  ...(cause === undefined ? {} : { causationid: String(cause) }),
});

it('A tree shows effects below their causes, runs in one line, and a cause from elsewhere as a beginning', () => {
  const entries = [
    entry(3, 'association.accepted', 'association/a'),
    entry(4, 'instance.stored', 'series/s'),
    entry(5, 'instance.stored', 'series/s'),
    entry(6, 'instance.stored', 'series/s'),
    entry(7, 'instance.stored', 'series/s'),
    entry(8, 'series.completed', 'series/s', 7),
    entry(9, 'series.routed', 'series/s', 8),
    entry(10, 'delivery.requested', 'delivery/d', 8),
    entry(11, 'delivery.attempted', 'delivery/d', 10),
    entry(12, 'study.opened', 'study/t', 2),
  ];
  expect(historyTree(entries)).toEqual([
    ' 3  T  association/a  association.accepted: number 3',
    ' 4  T  series/s  instance.stored: number 4',
    '    … and 3 more like it, the last one at position 7',
    ' 8  └─ T  series/s  series.completed: number 8',
    ' 9     ├─ T  series/s  series.routed: number 9',
    '10     └─ T  delivery/d  delivery.requested: number 10',
    '11        └─ T  delivery/d  delivery.attempted: number 11',
    '12  T  study/t  study.opened: number 12',
  ]);
});

it('A tree of nothing is nothing', () => {
  expect(historyTree([])).toEqual([]);
});

it('What comes from outside cannot move the cursor', () => {
  expect(historyTree([{ ...entry(1, 'a', 'b/c'), sentence: 'x\u001B[2Jy' }])).toEqual(['1  T  b/c  a: x·[2Jy']);
});
