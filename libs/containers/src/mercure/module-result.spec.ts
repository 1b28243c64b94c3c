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

  it('leaves what is to be told to people among what was found', () => {
    const result = { __mercure_notification: { requested: true, text: 'come and look' } };
    expect(readModuleResult(JSON.stringify(result))).toEqual({ result });
  });

  it.each(['', 'null', '[]', '"x"', '{', '{"__mercure_routing": 1}', '{"__mercure_routing": {"target": {}}}'])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => readModuleResult(text)).toThrow(expect.objectContaining({ code: 'container.result-unreadable' }));
    },
  );
});
