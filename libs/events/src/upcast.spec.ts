import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from './define-event.js';
import { defineUpcast, upcaster } from './upcast.js';

const declare = <Version extends number, Data extends z.ZodType>(version: Version, data: Data) =>
  defineEvent('door.opened', version, { stream: 'series', producer: 'spec', summary: 'A door was opened.', data });

const first = declare(1, z.strictObject({ by: z.string() }));
const second = declare(2, z.strictObject({ by: z.array(z.string()) }));
const third = declare(3, z.strictObject({ by: z.array(z.string()), keys: z.int() }));
const steps = [
  defineUpcast(second, third, ({ by }) => ({ by, keys: by.length })),
  defineUpcast(first, second, ({ by }) => ({ by: [by] })),
];
const read = upcaster(steps);

describe('An event of an older version', () => {
  it('reads as the newest, step by step, in whatever order the steps are declared', () => {
    const recorded = { ...first.of({ by: 'Ada' }), position: 7, stream: 'series/1' };
    expect(read(recorded)).toEqual({
      type: 'door.opened.v3',
      data: { by: ['Ada'], keys: 1 },
      position: 7,
      stream: 'series/1',
    });
  });

  it('fits the schema of the newest, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (by) => {
        expect(third.schema.safeParse(read(first.of({ by }) as { type: string; data: unknown }).data).success).toBe(
          true,
        );
      }),
    );
  });

  it('is left alone itself', () => {
    const old = first.of({ by: 'Ada' });
    read(old);
    expect(old).toEqual({ type: 'door.opened.v1', data: { by: 'Ada' } });
  });
});

it('An event of the newest version, or of a type that nobody knows, comes back as it is', () => {
  for (const event of [third.of({ by: [], keys: 0 }), { type: 'window.closed.v1', data: 1 }]) {
    expect(read<{ type: string; data: unknown }>(event)).toBe(event);
  }
});

it('A step that leaves a version out, or leads to another event, is refused', () => {
  expect(() => defineUpcast(first, third, ({ by }) => ({ by: [by], keys: 1 }))).toThrow(
    'door.opened.v1 to door.opened.v3',
  );
  expect(() => defineUpcast(second, first, ({ by }) => ({ by: by.join() }))).toThrow(
    'door.opened.v2 to door.opened.v1',
  );
});
