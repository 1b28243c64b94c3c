import type { Decider } from '@waystation/domain';
import type { NewEvent } from '@waystation/events';
import type { AppendPart, AppendUnit } from '../src/append/append-unit.js';

/** An event that says nothing but itself. */
export const note = (text: string): NewEvent<'note.taken.v1', { readonly text: string }> => ({
  type: 'note.taken.v1',
  data: { text },
});

export const time = '2026-01-31T12:00:00.000Z';

export const unitOf = (...parts: readonly AppendPart[]): AppendUnit => ({
  parts,
  time,
  metadata: { actor: { kind: 'service', name: 'spec' } },
});

/** One note for one stream. */
export const unit = (stream: string, expected: number | 'any', ...texts: readonly string[]): AppendUnit =>
  unitOf({ stream, expected, events: texts.map(note) });

export type Added = NewEvent<'number.added.v1', { readonly by: string }>;
export interface Sum {
  readonly by: readonly string[];
  readonly since: string | undefined;
}
export type Add = { readonly by: string } | { readonly nothing: true };

/** Adds each name once, refuses `refused`, and has a timer while the number of names is odd. */
export const sums: Decider<Sum, Add, Added> = {
  initial: { by: [], since: undefined },
  decide(state, command) {
    if ('nothing' in command || state.by.includes(command.by)) return [];
    if (command.by === 'refused') throw new Error(`refused at ${state.by.length}`);
    return [{ type: 'number.added.v1', data: { by: command.by } }];
  },
  evolve: (state, event) => ({ by: [...state.by, event.data.by], since: event.recordedtime }),
  due: ({ by, since }) =>
    since !== undefined && by.length % 2 === 1 ? { queue: 'sums', since, afterMs: 60_000 } : undefined,
};
