import { expect, it } from 'vitest';
import { messageOf } from './message-of.js';

it('takes the sentence of an error', () => {
  expect(messageOf(new TypeError('not a function'))).toBe('not a function');
});

it('makes a sentence of whatever else is thrown', () => {
  expect(messageOf('nope')).toBe('nope');
  expect(messageOf(undefined)).toBe('undefined');
});
