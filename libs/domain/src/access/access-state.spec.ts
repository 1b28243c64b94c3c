import { FeedFollowed, HistoryViewed } from '@waystation/events';
import { recorded } from '@waystation/testing';
import { expect, it } from 'vitest';
import { evolveAccess, nothingRead } from './access-state.js';

const by = (name: string) => ({ stream: 'access/2026-01-31', metadata: { actor: { kind: 'user', name } } }) as const;
const viewed = HistoryViewed.of({
  view: 'GET /api/series',
  subject: '',
  times: 3,
  lastAt: '2026-01-31T12:00:00.000Z',
});

it('counts what every reader read', () => {
  const events = [
    recorded(viewed, by('huber')),
    recorded(FeedFollowed.of({ after: 0, types: [], streams: [], study: '', live: true }), by('ris')),
    recorded(viewed, by('huber')),
  ];
  expect(events.reduce(evolveAccess, nothingRead)).toEqual({ readings: 7, byReader: { huber: 6, ris: 1 } });
});
