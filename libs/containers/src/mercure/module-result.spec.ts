import { describe, expect, it } from 'vitest';
import { readModuleResult } from './module-result.js';

describe('readModuleResult', () => {
  it('keeps what was found as it is', () => {
    expect(readModuleResult('{"volume": 12.5, "findings": ["a"]}')).toEqual({
      result: { volume: 12.5, findings: ['a'] },
    });
  });

  it.each([
    ['{"target":"PACS"}', { targets: ['PACS'] }],
    ['{"target":["PACS","AI"]}', { targets: ['PACS', 'AI'] }],
    ['{"discard":true}', { discard: true }],
    ['{"use_alternate_target":true}', { useAlternateTarget: true }],
    ['{"target":"","discard":false}', undefined],
  ])('reads the routing directive %s', (directive, expected) => {
    expect(readModuleResult(`{"__mercure_routing":${directive}}`).routing).toEqual(expected);
  });

  it.each<[object, object]>([
    [
      { requested: true, text: 'come and look' },
      { requested: true, text: 'come and look' },
    ],
    [{ text: 'nothing to see' }, { requested: false, text: 'nothing to see' }],
    [{ requested: 1 }, { requested: true }],
    [
      { requested: 'yes', text: 7 },
      { requested: true, text: '7' },
    ],
    [{ requested: [], text: ' ' }, { requested: false }],
    [{ text: { volume: 12 } }, { requested: false, text: '{"volume":12}' }],
  ])('reads what people are to be told, %j, and leaves it among what was found', (directive, notification) => {
    const result = { __mercure_notification: directive };
    expect(readModuleResult(JSON.stringify(result))).toEqual({ result, notification });
  });

  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"__mercure_routing": 1}',
    '{"__mercure_routing": {"target": {}}}',
    '{"__mercure_notification": "now"}',
  ])('refuses %j without repeating it', (text) => {
    expect(() => readModuleResult(text)).toThrow(expect.objectContaining({ code: 'container.result-unreadable' }));
  });
});
