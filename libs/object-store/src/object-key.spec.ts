import fc from 'fast-check';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertKeyPrefix, assertObjectKey } from './object-key.js';

const invalid = expect.objectContaining({ code: 'object-store.invalid-key' });
const accepts = (key: string): boolean => {
  try {
    assertObjectKey(key);
    return true;
  } catch {
    return false;
  }
};

describe('assertObjectKey', () => {
  it.each(['a', 'objects/ab/0123.dcm', 'A-b_c/d.e', '0', `${'x'.repeat(255)}/y`])('accepts %j', (key) => {
    expect(() => assertObjectKey(key)).not.toThrow();
  });

  it.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '..',
    'a/../b',
    './a',
    'a/.',
    '.tmp/x',
    'a b',
    'a\\b',
    'ä',
    'a\0',
    'a\n',
    '%2e%2e/a',
  ])('refuses %j', (key) => {
    expect(() => assertObjectKey(key)).toThrow(invalid);
  });

  it('refuses segments and keys that a store has no room for', () => {
    expect(() => assertObjectKey('x'.repeat(256))).toThrow(invalid);
    expect(() => assertObjectKey(Array.from({ length: 600 }, () => 'x').join('/'))).toThrow(invalid);
  });

  it('accepts no text that leads out of the folder or to another name', () => {
    const piece = fc.constantFrom('.', '..', '/', 'a', 'B', '-', '_', '\\', ' ', '\0');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const key = pieces.join('');
        fc.pre(accepts(key));
        expect(resolve('/root', key)).toBe(`/root/${key}`);
        expect(key.split('/').every((segment) => !segment.startsWith('.'))).toBe(true);
      }),
    );
  });
});

describe('assertKeyPrefix', () => {
  it.each(['', 'a', 'objects/', 'objects/a', 'objects/ab/01.d'])('accepts %j', (prefix) => {
    expect(() => assertKeyPrefix(prefix)).not.toThrow();
  });

  it.each(['/', '../', 'a/../b', 'a b', 'ä'])('refuses %j', (prefix) => {
    expect(() => assertKeyPrefix(prefix)).toThrow(invalid);
  });
});
