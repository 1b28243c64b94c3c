import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { documentHash } from './document-hash.js';

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.toReversed());
};

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves lists as they are', () => {
    expect(canonicalJson({ b: [3, { z: null, a: 'ü' }], a: true, none: undefined })).toBe(
      '{"a":true,"b":[3,{"a":"ü","z":null}]}',
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([Number.NaN, Infinity, undefined, 1n, () => 1, new Date(0), new Map()])('refuses %s', (value) => {
    expect(() => canonicalJson([value])).toThrow(expect.objectContaining({ code: 'configuration.not-json' }));
  });
});

describe('documentHash', () => {
  it('is the SHA-256 of the canonical text', () => {
    expect(documentHash({ b: 1, a: 2 })).toBe('d3626ac30a87e6f7a6428233b3c68299976865fa5508e4267c5415c76af7a772');
    expect(documentHash({ a: 2, b: 1 })).toBe(documentHash({ b: 1, a: 2 }));
    expect(documentHash({ a: 2, b: 2 })).not.toBe(documentHash({ b: 1, a: 2 }));
  });
});
