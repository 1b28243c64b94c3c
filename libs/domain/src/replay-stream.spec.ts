import {
  AssociationReleased,
  ConfigurationDocument,
  ConfigurationPublished,
  LogSealed,
  streamName,
  StudyOpened,
  type NewEvent,
} from '@waystation/events';
import { exampleDelivery, exampleSeries, recordedInOrder } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { nothingRead } from './access/access-state.js';
import { unknownAssociation } from './association/association-state.js';
import { configurationDecider } from './configuration/configuration-decider.js';
import { fold } from './decider.js';
import { deliveryDecider } from './delivery/delivery-decider.js';
import { unsealedLog } from './log/log-state.js';
import { replayStream } from './replay-stream.js';
import { seriesDecider } from './series/series-decider.js';
import { neverStarted } from './service/service-state.js';
import { studyDecider } from './study/study-decider.js';
import { flowing } from './subscription/subscription-state.js';

const s = exampleSeries;
const d = exampleDelivery;
const hash = '0'.repeat(64);
const tally = { stored: 0, duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 0, durationMs: 1 };
const series = streamName.series(s.seriesInstanceUid);
const story = [s.opened(), s.stored(1), s.completed(1), s.stored(2)];

describe('replayStream', () => {
  it.each<[string, readonly NewEvent[], unknown]>([
    [streamName.association('a-1'), [AssociationReleased.of(tally)], { status: 'released' }],
    [series, story, { status: 'receiving', completions: [{ revision: 1 }] }],
    [streamName.study('1.2'), [StudyOpened.of({ studyInstanceUid: '1.2' })], { status: 'open' }],
    [streamName.delivery(d.delivery), [d.requested(1), d.attempted(1)], { status: 'attempting' }],
    [
      streamName.configuration,
      [
        ConfigurationPublished.of({
          version: 1,
          sha256: hash,
          document: ConfigurationDocument.parse({}),
          author: 'r.huber',
          reason: 'first',
        }),
      ],
      { version: 1 },
    ],
    [
      streamName.log,
      [LogSealed.of({ from: 1, to: 9, root: hash, previous: hash, seal: hash, marks: '', signature: null })],
      { seals: 1, sealedThrough: 9 },
    ],
  ])('comes to the state of %s', (stream, events, expected) => {
    expect(replayStream(stream, recordedInOrder(events))).toMatchObject(expected as object);
  });

  it('begins where production begins', () => {
    expect(
      [
        'association/1',
        'series/1',
        'study/1',
        'delivery/1',
        'configuration',
        'log',
        'access/2026-01-31',
        'subscription/ris',
        'service/audit',
      ].map((stream) => replayStream(stream, [])),
    ).toEqual([
      unknownAssociation,
      seriesDecider.initial,
      studyDecider.initial,
      deliveryDecider.initial,
      configurationDecider.initial,
      unsealedLog,
      nothingRead,
      flowing,
      neverStarted,
    ]);
  });

  it('travels in time by reading fewer events', () => {
    const events = recordedInOrder(story);
    const states = events.map((_event, index) => replayStream(series, events.slice(0, index + 1)));
    expect(states).toMatchObject([
      { status: 'receiving', instances: { size: 0 } },
      { status: 'receiving', instances: { size: 1 } },
      { status: 'complete', instances: { size: 1 } },
      { status: 'receiving', instances: { size: 2 } },
    ]);
    expect(states.at(-1)).toEqual(fold(seriesDecider, events));
  });

  it('refuses a stream of a kind that it does not know', () => {
    expect(() => replayStream('pigeon/1', [])).toThrow('pigeon');
  });
});
