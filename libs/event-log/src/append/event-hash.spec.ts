import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventHash, type HashedEvent } from './event-hash.js';

const event: HashedEvent = {
  type: 'note.taken.v1',
  stream: 'note/1',
  time: '2026-01-31T12:00:00.000Z',
  data: '{"text":"Grüße"}',
  metadata: '{}',
};

describe('eventHash', () => {
  it('is SHA-256 over the five fields with line feeds between, in UTF-8', () => {
    const bytes = Buffer.from('note.taken.v1\nnote/1\n2026-01-31T12:00:00.000Z\n{"text":"Grüße"}\n{}', 'utf8');
    expect(eventHash(event)).toEqual(createHash('sha256').update(bytes).digest());
  });

  it('differs when any field differs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('type', 'stream', 'time', 'data', 'metadata'),
        fc.json().map((text) => text.replaceAll('\n', '')),
        (field, text) => {
          fc.pre(event[field as keyof HashedEvent] !== text);
          expect(eventHash({ ...event, [field]: text })).not.toEqual(eventHash(event));
        },
      ),
    );
  });
});
