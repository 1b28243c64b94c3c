import { hasCode } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiSchema, parseRequest } from './parse-request.js';

const Body = z.strictObject({ name: z.string(), settings: z.record(z.string(), z.json()).default({}) });

describe('a body', () => {
  it('is completed by its defaults', () => {
    expect(parseRequest(Body).transform({ name: 'a' }, {} as never)).toEqual({ name: 'a', settings: {} });
  });

  it('that is wrong is refused with every problem and its place', () => {
    const details = {
      problems: [{ path: 'name', problem: expect.any(String) }, expect.objectContaining({ path: '' })],
    };
    try {
      parseRequest(Body).transform({ more: 1 }, {} as never);
      expect.unreachable();
    } catch (error) {
      expect(hasCode(error, 'request.invalid')).toBe(true);
      expect(error).toMatchObject({ details });
    }
  });

  it('loses nothing without a word', () => {
    const body = JSON.parse('{ "name": "a", "settings": { "x": [{ "__proto__": 1 }] } }') as object;
    const path = 'settings.x.0.__proto__';
    expect(() => parseRequest(Body).transform(body, {} as never)).toThrow(
      expect.objectContaining({ code: 'request.invalid', message: expect.stringContaining(path) }),
    );
    const Kept = z.object({ name: z.string(), settings: z.unknown() });
    expect(parseRequest(Kept).transform(body, {} as never)).toEqual(body);
  });

  it('is described without a reference to anything outside of the description', () => {
    expect(openApiSchema(Body)).toMatchObject({
      properties: { name: { type: 'string' }, settings: { type: 'object', additionalProperties: {} } },
    });
    expect(JSON.stringify(openApiSchema(Body))).not.toContain('$ref');
  });
});
