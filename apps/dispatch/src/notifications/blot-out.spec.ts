import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blotOut } from './blot-out.js';

const patient = { PatientName: 'Müller-Lo^Li^Ann', PatientID: '4711-AB', AccessionNumber: 'A(1).*', PatientSex: 'F' };

describe('blotOut', () => {
  it.each([
    ['nodule of 12 mm found', 'nodule of 12 mm found'],
    ['Müller-Lo^Li^Ann has a nodule', '••• has a nodule'],
    ['MÜLLER-LO, ann: nodule', '•••, •••: nodule'],
    ['ID 4711-ab', 'ID •••'],
    ['order A(1).* of F', 'order ••• of F'],
    ['Lithium and annual control, not Li', 'Lithium and annual control, not •••'],
    ['xx4711-ABxx', 'xx•••xx'],
  ])('makes of %j %j', (text, blotted) => {
    expect(blotOut(text, patient)).toBe(blotted);
  });

  it('leaves nothing of what is as long as four letters, whatever it is and wherever it stands', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9()[\]{}*+?.|$/-]{4,20}$/);
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (name, before, after) => {
        const blotted = blotOut(`${before}${name}${after}`, { PatientID: name });
        expect(blotted.toLowerCase().includes(name.toLowerCase())).toBe(false);
      }),
    );
  });

  it('changes nothing where nobody is known', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(blotOut(text, {})).toBe(text);
      }),
    );
  });
});
