import { expect, it } from 'vitest';
import { unreachable } from './unreachable.js';

it('names the value that no case was written for', () => {
  expect(() => unreachable({ kind: 'surprise' } as never)).toThrow('{"kind":"surprise"}');
});
