import { describe, expect, it } from 'vitest';
import { Admission } from './admission.js';

describe('admission', () => {
  const limits = { maxAssociations: 3, maxAssociationsPerAddress: 2 };

  it('counts associations by address and in all, and gives places back', () => {
    const admission = new Admission(limits);
    expect([admission.associate('a'), admission.associate('a')]).toEqual([undefined, undefined]);
    expect(admission.associate('a')).toBe('2 associations of a are open');
    expect(admission.associate('b')).toBeUndefined();
    expect(admission.associate('c')).toBe('3 associations are open');
    admission.release('a');
    expect(admission.associate('c')).toBeUndefined();
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
