import { describe, expect, it } from 'vitest';
import { categoryOf, idOf, streamName } from './stream-name.js';

describe('stream names', () => {
  it.each([
    [streamName.association('a-1'), 'association', 'a-1'],
    [streamName.series('1.2.3'), 'series', '1.2.3'],
    [streamName.study('1.2'), 'study', '1.2'],
    [streamName.delivery('c0ffee'), 'delivery', 'c0ffee'],
    [streamName.configuration, 'configuration', ''],
    [streamName.log, 'log', ''],
  ])('%s consists of its category and its id', (stream, category, id) => {
    expect([categoryOf(stream), idOf(stream)]).toEqual([category, id]);
  });

  it('keep slashes that belong to an id', () => {
    expect(idOf(streamName.association('10.0.0.7/1'))).toBe('10.0.0.7/1');
  });
});
