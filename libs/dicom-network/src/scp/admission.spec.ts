import { describe, expect, it } from 'vitest';
import { Admission } from './admission.js';

describe('admission', () => {
  const limits = { maxAssociations: 3, maxAssociationsPerAddress: 2, maxAssociationsPerCaller: 3 };
  const from = (address: string, callingAeTitle = 'CT1') => ({ address, callingAeTitle });

  it('counts associations by address and in all, and gives places back', () => {
    const admission = new Admission(limits);
    expect([admission.associate(from('a')), admission.associate(from('a'))]).toEqual([undefined, undefined]);
    expect(admission.associate(from('a'))).toBe('2 associations of a are open');
    expect(admission.associate(from('b'))).toBeUndefined();
    expect(admission.associate(from('c'))).toBe('3 associations are open');
    admission.release(from('a'));
    expect(admission.associate(from('c'))).toBeUndefined();
  });

  it('counts associations by calling AE title, wherever they come from', () => {
    const admission = new Admission({ ...limits, maxAssociations: 9, maxAssociationsPerCaller: 2 });
    expect([admission.associate(from('a')), admission.associate(from('b'))]).toEqual([undefined, undefined]);
    expect(admission.associate(from('c'))).toBe('2 associations of CT1 are open');
    expect(admission.associate(from('c', 'MR1'))).toBeUndefined();
    admission.release(from('a'));
    expect(admission.associate(from('c'))).toBeUndefined();
  });

  it('keeps silent connections from taking all places', () => {
    const admission = new Admission(limits);
    expect(['a', 'a', 'a', 'a', 'a'].map((address) => admission.connect(address))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(['b', 'b', 'c'].map((address) => admission.connect(address))).toEqual([true, true, false]);
    admission.disconnect('a');
    expect(admission.connect('c')).toBe(true);
  });
});
