import { describe, expect, it } from 'vitest';
import { isLeftBehind, isProcessAlive } from './is-left-behind.js';
import { newOwner, ownerText, parseOwner } from './owner.js';

const me = { host: 'here', pid: 10, life: '00000001' };
const alive = (pid: number): boolean => pid === 10 || pid === 11;

describe('isLeftBehind', () => {
  it.each([
    ['me', me, false],
    ['one with my number in another life', { ...me, life: '00000002' }, true],
    ['one that lives', { host: 'here', pid: 11, life: '00000003' }, false],
    ['one that is dead', { host: 'here', pid: 12, life: '00000004' }, true],
    ['one that is elsewhere', { host: 'there', pid: 12, life: '00000005' }, false],
  ])('decides about %s', (_, owner, expected) => {
    expect(isLeftBehind(owner, me, alive)).toBe(expected);
  });

  it('knows that this process lives and that none has the number 0x7ffffffe', () => {
    expect([isProcessAlive(process.pid), isProcessAlive(0x7ffffffe)]).toEqual([true, false]);
  });
});

describe('ownerText', () => {
  it('can be read back', () => {
    const owner = newOwner();
    expect(parseOwner(ownerText(owner))).toEqual(owner);
  });

  it.each(['', 'here', 'here~x~00000001', 'here~1~zz'])('does not take %j for one', (text) => {
    expect(parseOwner(text)).toBeUndefined();
  });
});
