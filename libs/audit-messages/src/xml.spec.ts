import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element } from './xml.js';

describe('element', () => {
  it('has attributes, and text or elements', () => {
    expect(element('A', { b: 1, c: undefined, d: 'x' })).toBe('<A b="1" d="x"/>');
    expect(element('A', {}, 'a < b & c')).toBe('<A>a &lt; b &amp; c</A>');
    expect(element('A', {}, [element('B', {}), element('C', {})])).toBe('<A><B/><C/></A>');
  });

  it('keeps line ends of attributes, which XML would make spaces of', () => {
    expect(element('A', { b: 'one\ntwo' })).toBe('<A b="one&#10;two"/>');
  });

  it('holds nothing that a document may not hold or that ends what it is in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [, attribute = '', content = ''] =
          /^<A b="([^"]*)"(?:\/>|>(.*)<\/A>)$/s.exec(element('A', { b: text }, text)) ?? [];
        for (const part of [attribute, content]) {
          expect(part).not.toMatch(/[<>"\p{Cs}\uFFFE\uFFFF]/u);
          expect(part.split('').filter((character) => character < ' ')).toEqual([]);
          expect(part.replace(/&(amp|lt|gt|quot|#9|#10|#13);/g, '')).not.toContain('&');
        }
      }),
    );
  });
});
