import { expect, it } from 'vitest';
import { elementOf } from './element-of.js';

it('finds the number of a keyword, and of nothing else', () => {
  expect(elementOf('EchoTrainLength')).toBe('0018,0091');
  expect(elementOf('PatientBirthTime')).toBe('0010,0032');
  for (const other of ['echotrainlength', 'toString', '__proto__', '', 'Echo Train Length'])
    expect(elementOf(other)).toBeUndefined();
});
