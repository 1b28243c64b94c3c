import { catalogue, jsonSchemaOf, ObjectsMoved, ObjectsReaped } from '@waystation/events';
import { exampleSeries } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { mentioning, mentionsIn } from './mentions-in.js';

/** Whether objects or files of the store can stand anywhere in data of this schema. */
const speaksOfKeys = (schema: unknown): boolean => {
  if (typeof schema !== 'object' || schema === null) return false;
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null) {
    const names = Object.keys(schema.properties);
    if (names.includes('key') && names.includes('sha256')) return true;
  }
  return Object.values(schema).some(speaksOfKeys);
};

describe('what events say of keys', () => {
  it('is looked for in every event that can name an object, and in no other but the expiry of jobs', () => {
    const able = catalogue.filter((definition) => speaksOfKeys(jsonSchemaOf(definition))).map(({ type }) => type);
    expect([...mentioning].sort()).toEqual([...new Set([...able, 'job.expired.v1'])].sort());
  });

  it('is nothing where the event only tells of what was removed', () => {
    expect(mentioning).not.toContain(ObjectsReaped.type);
  });

  it('is the key of an object, and whether it is in a spool', () => {
    const object = exampleSeries.object(1);
    expect(mentionsIn({ type: 'instance.stored.v1', data: { object } })).toEqual([{ key: object.key, note: 'named' }]);
    const spooled = { ...object, spool: '9b1c5e0a77d2/1/64' };
    expect(mentionsIn({ type: 'instance.stored.v1', data: { object: spooled } })).toEqual([
      { key: object.key, note: 'spooled' },
    ]);
  });

  it('is the foreseen key of an object that left a spool, or the one that it says', () => {
    const [sopInstanceUid, sha256] = [exampleSeries.sopInstanceUid(1), 'ab'.repeat(32)];
    const objects = [
      { sopInstanceUid, sha256 },
      { sopInstanceUid, sha256, key: 'objects/ab/other.dcm' },
    ];
    expect(mentionsIn(ObjectsMoved.of({ objects, remaining: 0 }))).toEqual([
      { key: `objects/ab/${sha256}.dcm`, note: 'named' },
      { key: 'objects/ab/other.dcm', note: 'named' },
    ]);
  });
});
