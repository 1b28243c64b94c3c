import { describe, expect, it } from 'vitest';
import { containerLabels, isLeftover } from './container-labels.js';
import { isLeftBehind } from './is-left-behind.js';

const me = { host: 'here', pid: 10, life: '00000001' };
const other = { host: 'there', pid: 12, life: '00000002' };
const dead = { host: 'here', pid: 12, life: '00000003' };
const nobody = (): boolean => false;

describe('isLeftover', () => {
  it.each([
    ['of a service that is gone', containerLabels('main', dead, 'job', 2000), true],
    ['of a service elsewhere, within its time', containerLabels('main', other, 'job', 2000), false],
    ['of a service elsewhere, beyond its time', containerLabels('main', other, 'job', 999), true],
    ['of my own, within its time', containerLabels('main', me, 'job', 2000), false],
    ['of somebody else', { 'com.docker.compose.project': 'x' }, false],
  ])('decides about a container %s', (_, labels, expected) => {
    expect(isLeftover(labels, 1000, (owner) => isLeftBehind(owner, me, nobody))).toBe(expected);
  });
});
