import { describe, expect, it } from 'vitest';
import { AeTitle, Count, Name, Sha256, StoredObject, Uid } from './values.js';

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('Name', () => {
  it.each(['archive', 'CT to archive', 'Rule 1.2_b-c', 'A', 'a.b', 'dash-', 'x'.repeat(64)])('takes %j', (name) => {
    expect(takes(Name, name)).toBe(true);
  });

  it.each(['', ' archive', '.hidden', '../up', 'a/b', 'a\\b', 'a\nb', 'Ärchiv', 'x'.repeat(65)])(
    'refuses %j',
    (name) => {
      expect(takes(Name, name)).toBe(false);
    },
  );

  it.each(['archive ', 'archive.', 'a..', `${'x'.repeat(63)} `])('refuses %j, which Windows would cut', (name) => {
    expect(takes(Name, name)).toBe(false);
  });
});

describe('Sha256', () => {
  it.each(['0'.repeat(64), 'a1'.repeat(32)])('takes %s', (hash) => {
    expect(takes(Sha256, hash)).toBe(true);
  });

  it.each(['A1'.repeat(32), 'a'.repeat(63), 'g'.repeat(64), `${'a'.repeat(64)}\n`])('refuses %j', (hash) => {
    expect(takes(Sha256, hash)).toBe(false);
  });
});

describe('Count', () => {
  it('takes whole numbers from zero on, and nothing else', () => {
    expect([0, 1, 20_000].filter((count) => takes(Count, count))).toHaveLength(3);
    expect([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null].filter((count) => takes(Count, count))).toEqual(
      [],
    );
  });
});

it('takes UIDs and AE titles as the kernel knows them', () => {
  expect([takes(Uid, '1.2.3'), takes(Uid, '1..3'), takes(AeTitle, 'CT1'), takes(AeTitle, '')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('refuses a stored object whose hash is not one', () => {
  expect(takes(StoredObject, { key: 'objects/aa/x.dcm', sha256: 'x', size: 1, dataSetOffset: 0 })).toBe(false);
});
