import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { planAssociations } from './plan-associations.js';

const instance = (sopClassUid: string, transferSyntaxUid: string, sopInstanceUid = '1') => ({
  sopClassUid,
  sopInstanceUid,
  transferSyntaxUid,
  open: () => Promise.resolve(Readable.from([])),
});

describe('the plan of associations', () => {
  it('has one context for each pair, and the objects in their order', () => {
    const [plan, ...more] = planAssociations([
      instance('1.1', '9.1', 'a'),
      instance('1.2', '9.1', 'b'),
      instance('1.1', '9.1', 'c'),
      instance('1.1', '9.2', 'd'),
    ]);
    expect(more).toEqual([]);
    expect(plan?.contexts).toEqual([
      { id: 1, abstractSyntax: '1.1', transferSyntaxes: ['9.1'] },
      { id: 3, abstractSyntax: '1.2', transferSyntaxes: ['9.1'] },
      { id: 5, abstractSyntax: '1.1', transferSyntaxes: ['9.2'] },
    ]);
    expect(
      plan?.sendings.map(({ instance: { sopInstanceUid }, offers }) => [sopInstanceUid, offers[0]?.context.id]),
    ).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 1],
      ['d', 5],
    ]);
  });

  it('goes on in another association after 128 pairs', () => {
    const many = Array.from({ length: 300 }, (_, index) => instance(`1.${index}`, '9.1'));
    const plans = planAssociations([...many, ...many]);
    expect(plans.map(({ contexts }) => contexts.length)).toEqual([128, 128, 44]);
    expect(plans.map(({ sendings }) => sendings.length)).toEqual([256, 256, 88]);
    expect(plans.flatMap(({ contexts }) => Math.max(...contexts.map(({ id }) => id)))).toEqual([255, 255, 87]);
  });

  it('has contexts for alternatives, once for each transfer syntax, the stored one first', () => {
    const form = (transferSyntaxUid: string) => ({ transferSyntaxUid, open: () => Promise.resolve(Readable.from([])) });
    const [plan] = planAssociations([instance('1.1', '9.1'), instance('1.1', '9.2')], () => [
      form('9.2'),
      form('9.1'),
      form('9.2'),
    ]);
    expect(plan?.contexts.map(({ transferSyntaxes }) => transferSyntaxes)).toEqual([['9.1'], ['9.2']]);
    expect(plan?.sendings.map(({ offers }) => offers.map(({ context }) => context.id))).toEqual([
      [1, 3],
      [3, 1],
    ]);
  });

  it('keeps the contexts of an object together', () => {
    const many = Array.from({ length: 50 }, (_, index) => instance(`1.${index}`, '9.1'));
    const form = (uid: string) => ({ transferSyntaxUid: uid, open: () => Promise.resolve(Readable.from([])) });
    const plans = planAssociations(many, () => [form('9.2'), form('9.3')]);
    expect(plans.map(({ contexts, sendings }) => [contexts.length, sendings.length])).toEqual([
      [126, 42],
      [24, 8],
    ]);
  });

  it('is empty for nothing', () => {
    expect(planAssociations([])).toEqual([]);
  });
});
