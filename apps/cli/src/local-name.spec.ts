import { basename, join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localName } from './local-name.js';

describe('localName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['sub/report.pdf', 'sub_report.pdf'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['..', '_'],
    ['.bashrc', '_bashrc'],
    ['/etc/passwd', '_etc_passwd'],
    ['C:\\x', 'C__x'],
    ['a\u0000\u001b[31m', 'a___31m'],
    ['', 'file'],
    ['Größe (2).txt', 'Größe (2).txt'],
  ])('keeps %j as %s', (name, local) => {
    expect(localName(name)).toBe(local);
  });

  it('never leads out of the folder, and gives no name twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'A', '../a', '..'))),
        (names) => {
          const taken = new Set<string>();
          const locals = names.map((name) => localName(name, taken));
          for (const local of locals) {
            expect(basename(resolve('/folder', local))).toBe(local);
            expect(resolve('/folder', local)).toBe(join('/folder', local));
            expect(local).not.toMatch(/^\.|[/\\\0]/);
          }
          expect(new Set(locals.map((local) => local.toLowerCase())).size).toBe(names.length);
        },
      ),
    );
  });
});
