import { describe, expect, it } from 'vitest';
import { dictionary } from './dictionary-table.js';
import { elementVr } from './element-vr.js';
import { routingElements } from './routing-elements.js';

describe('elementVr', () => {
  it.each([
    ['a name', 0x00100010, 'PN'],
    ['pixel data, of which implicit syntaxes have words', 0x7fe00010, 'OW'],
    ['look-up tables, which may be longer than a US can be', 0x00283006, 'OW'],
    ['an overlay of any group', 0x60023000, 'OW'],
    ['a number of an overlay of any group', 0x601e0010, 'US'],
    ['a curve of any group', 0x50042500, 'LO'],
    ['any source image ID', 0x00203177, 'CS'],
    ['a private creator', 0x00290011, 'LO'],
    ['an element of a private block', 0x00291110, undefined],
    ['an element that no edition has', 0x00081fff, undefined],
  ])('knows %s', (_what, tag, vr) => {
    expect(elementVr(tag, false)).toBe(vr);
  });

  it('decides between US and SS by pixel representation', () => {
    expect([false, true].map((signed) => elementVr(0x00280106, signed))).toEqual(['US', 'SS']);
  });

  it('agrees with the routing header', () => {
    const wrong = routingElements.filter(({ tag, vr }) => elementVr(tag, false) !== vr);
    expect(wrong).toEqual([]);
  });
});

describe('the dictionary', () => {
  it('has every element once', () => {
    const tags = [...dictionary.values()].flatMap((lines) => {
      let group = '';
      return lines.flatMap((line) =>
        line.split(' ').flatMap((word) => {
          if (!word.endsWith(':')) return [group + word];
          group = word.slice(0, 4);
          return [];
        }),
      );
    });
    expect(tags.length).toBeGreaterThan(5000);
    expect(tags.filter((tag) => !/^[0-9a-f]{8}$/.test(tag))).toEqual([]);
    expect(new Set(tags).size).toBe(tags.length);
  });
});
