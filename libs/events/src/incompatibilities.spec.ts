import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { incompatibilities, type JsonSchema } from './incompatibilities.js';

const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
const between = (before: z.ZodType, after: z.ZodType) => incompatibilities(schemaOf(before), schemaOf(after));

const door = z.strictObject({ by: z.string().max(10), keys: z.int().min(1), kind: z.enum(['front', 'back']) });

describe('What was written can still be read where', () => {
  it.each<[string, z.ZodType]>([
    ['nothing changed', door],
    ['a field was added that need not be given', door.extend({ at: z.string().optional() })],
    ['a field was added that has a default', door.extend({ loud: z.boolean().default(false) })],
    ['a value was added to an enumeration', door.extend({ kind: z.enum(['front', 'back', 'side']) })],
    ['a limit was loosened', door.extend({ by: z.string().max(20), keys: z.int().min(0) })],
    ['a limit was dropped', door.extend({ by: z.string() })],
    ['what was the only form became one of two', door.extend({ by: z.union([z.string(), z.strictObject({})]) })],
  ])('%s', (_what, after) => {
    expect(between(door, after)).toEqual([]);
  });

  it('an alternative was added', () => {
    const text = z.discriminatedUnion('k', [z.strictObject({ k: z.literal('a') })]);
    const more = z.discriminatedUnion('k', [
      z.strictObject({ k: z.literal('b') }),
      z.strictObject({ k: z.literal('a') }),
    ]);
    expect(between(text, more)).toEqual([]);
    expect(between(more, text)).toHaveLength(1);
  });
});

describe('It is said, with the place, where', () => {
  it.each<[string, z.ZodType, string]>([
    ['a field is gone', door.omit({ by: true }), 'data.by: is gone'],
    ['a new field is demanded', door.extend({ at: z.string() }), 'data.at: is demanded, and was not before'],
    ['a type changed', door.extend({ by: z.int() }), 'data.by: type is another than before'],
    [
      'it became another than each of several',
      door.extend({ by: z.union([z.int(), z.boolean()]) }),
      'data.by: type is another than before',
    ],
    ['a value is none any more', door.extend({ kind: z.enum(['front']) }), 'data.kind: "back" is no value any more'],
    [
      'a limit was tightened',
      door.extend({ keys: z.int().min(2) }),
      'data.keys: minimum lets less through than before',
    ],
    [
      'a limit was added',
      door.extend({ by: z.string().max(10).min(1) }),
      'data.by: minLength lets less through than before',
    ],
    ['any text became one of a few', door.extend({ by: z.enum(['Ada']) }), 'data.by: not every value is one any more'],
  ])('%s', (_what, after, fault) => {
    expect(between(door, after)).toContain(fault);
  });

  it('it is deep inside', () => {
    const before = z.strictObject({ doors: z.array(door) });
    const after = z.strictObject({ doors: z.array(door.extend({ keys: z.string() })) });
    expect(between(before, after)).toContain('data.doors[].keys: type is another than before');
  });
});
