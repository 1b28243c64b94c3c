import { readFileSync } from 'node:fs';
import type { RecordedEvent } from '@waystation/events';
import { expect, it } from 'vitest';
import { sentenceFor } from './sentence-for.js';

const sample = (type: string, changes: object = {}): RecordedEvent => {
  const path = new URL(`../../../../libs/events/samples/${type}.json`, import.meta.url);
  const event = JSON.parse(readFileSync(path, 'utf8')) as { readonly data: object };
  return { ...event, data: { ...event.data, ...changes } } as unknown as RecordedEvent;
};

it.each([
  [
    sample('notification.requested.v1', { words: undefined }),
    "'on call' to be told that rule 'CT to archive' failed: archive: given up after 10 attempts, dispatch.refused",
  ],
  [
    sample('notification.requested.v1'),
    "'on call' to be told that rule 'CT to archive' failed: archive: given up after 10 attempts, dispatch.refused, with the words of its modules",
  ],
  [sample('notification.attempted.v1'), "attempt 1 to tell 'on call' by dispatch@way:4711"],
  [
    sample('notification.attempted.v1', { identity: true, mayRepeat: true, takenOverFrom: 'dispatch@other:1' }),
    "attempt 1 to tell 'on call' by dispatch@way:4711; may name the patient; dispatch@other:1 vanished in the middle of the attempt before; may have been told already",
  ],
  [
    sample('notification.failed.v1'),
    'attempt 1 failed (may have arrived all the same): webhook.timeout, no answer within 10 s',
  ],
  [sample('notification.retry-scheduled.v1'), 'attempt 2 in 4.21 s'],
  [sample('notification.sent.v1'), 'told at attempt 2, in 38 ms: 204'],
  [sample('notification.abandoned.v1'), 'given up after 10 attempts: webhook.timeout'],
  [sample('notification.redriven.v1'), 'to be tried again: The chat is back'],
])('tells %j', (event, sentence) => {
  expect(sentenceFor(event)).toBe(sentence);
});
