import { expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { evaluateCondition } from './evaluate-condition.js';

it('a tag between @ has to be there wherever it stands; the others only where evaluation comes to them', () => {
  const ask = (text: string) => evaluateCondition(parseCondition(text), { A: 'x' });
  expect(ask("tags.A == 'x' or tags.B == 'y'").matched).toBe(true);
  expect(ask("@A@ == 'x' or @B@ == 'y'")).toEqual({
    matched: false,
    because: '@B@ is not in the header',
    observations: [
      { expression: '@A@', value: "'x'" },
      { expression: "@A@ == 'x'", value: 'True' },
      { expression: "@A@ == 'x' or @B@ == 'y'", value: 'True' },
      { expression: '@B@', value: 'not in the header' },
    ],
  });
  expect(ask('exists(@A@) and not exists(@B@)').matched).toBe(true);
});
