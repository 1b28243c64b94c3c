import {
  ConfigurationDocument,
  NotificationRequested,
  StudyCompleted,
  StudyOpened,
  StudyRouted,
  StudySeriesMatched,
} from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationsDue, type DeliveryOutcome } from './notifications-due.js';
import { studyDecider } from '../study/study-decider.js';
import { decisionOfSeries, decisionsOfStudy, type RuleDecision } from './rule-decision.js';

const onCall = { kind: 'webhook', name: 'on call', url: 'https://chat.example/hook' };
const all = ['received', 'completed', 'error'];
const documentOf = (...rules: readonly object[]) =>
  ConfigurationDocument.parse({
    notificationChannels: [onCall],
    targets: ['archive', 'research'].map((name) => ({ kind: 'folder', name, path: '/srv' })),
    rules: rules.map((rule) => ({ name: 'All', condition: 'True', action: 'route', targets: ['archive'], ...rule })),
  });
const telling = (on: readonly string[]) => ({ notifications: on.length === 0 ? [] : [{ channels: ['on call'], on }] });

const delivery = (target: string, rules: readonly string[] = ['All']) => ({ delivery: `to ${target}`, target, rules });
const decision: RuleDecision = {
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.1',
  revision: 1,
  configurationVersion: 7,
  isDiscarded: false,
  rules: ['All'],
  deliveries: [delivery('archive')],
};
const abandoned = { code: 'dispatch.refused' };
const outcomes =
  (known: Readonly<Record<string, DeliveryOutcome>>) =>
  (id: string): DeliveryOutcome =>
    known[id];
const nothingYet = outcomes({});
const momentsOf = (due: ReturnType<typeof notificationsDue>) => due.map(({ event }) => event);
const bools = [true, false];

// mercure's table of what is told when, for the actions that there are: what is asked for × what happens.
describe.each(
  bools.flatMap((onReceived) =>
    bools.flatMap((onCompleted) => bools.map((onError) => ({ onReceived, onCompleted, onError }))),
  ),
)('a rule that tells of %j', ({ onReceived, onCompleted, onError }) => {
  const on = [
    ...(onReceived ? ['received'] : []),
    ...(onCompleted ? ['completed'] : []),
    ...(onError ? ['error'] : []),
  ];
  const received = onReceived ? ['received'] : [];

  it.each([
    ['nothing yet', undefined, []],
    ['success', 'succeeded', onCompleted ? ['completed'] : []],
    ['an error', abandoned, onError ? ['error'] : []],
  ] as const)('and routes, after %s', (_what, outcome, told) => {
    const due = notificationsDue(decision, documentOf(telling(on)), outcomes({ 'to archive': outcome }));
    expect(momentsOf(due)).toEqual([...received, ...told]);
  });

  it('and only notifies, is told of both at once and of no error', () => {
    const document = documentOf({ action: 'notify', targets: [], ...telling(on) });
    const due = notificationsDue({ ...decision, deliveries: [] }, document, nothingYet);
    expect(momentsOf(due)).toEqual([...received, ...(onCompleted ? ['completed'] : [])]);
  });

  it('and discards, is told so; what it discards tells nothing of other rules', () => {
    const document = documentOf(telling(on), { name: 'Drop', action: 'discard', targets: [], ...telling(on) });
    const discarded = { ...decision, isDiscarded: true, rules: ['All', 'Drop'], deliveries: [] };
    const due = notificationsDue(discarded, document, nothingYet);
    expect(due.map(({ rule, event }) => [rule, event])).toEqual(
      [...received, ...(onCompleted ? ['completed'] : [])].map((event) => ['Drop', event]),
    );
  });
});

describe('a notification', () => {
  it('says what happened to what, where to, and by which configuration', () => {
    const [received, completed] = notificationsDue(decision, documentOf(telling(all)), () => 'succeeded');
    expect(received).toEqual({
      notification: expect.stringMatching(/^[0-9a-f]{20}$/) as string,
      rule: 'All',
      channel: 'on call',
      event: 'received',
      studyInstanceUid: '1.2',
      seriesInstanceUid: '1.2.1',
      revision: 1,
      configurationVersion: 7,
      targets: ['archive'],
      details: 'goes to archive',
    });
    expect(completed).toMatchObject({ event: 'completed', details: 'delivered to archive' });
    for (const request of [received, completed])
      expect(NotificationRequested.schema.safeParse(request).error).toBeUndefined();
  });

  it('has an id of its own for each rule, event, subject, revision and channel, and no other', () => {
    const ids = new Set<string>();
    const add = (changes: Partial<RuleDecision>, name: string, channels: readonly string[]) => {
      const document = documentOf({ name, notifications: [{ channels, on: all }] });
      for (const due of notificationsDue({ ...decision, rules: [name], ...changes }, document, () => abandoned))
        ids.add(due.notification);
    };
    for (let times = 0; times < 2; times++) {
      for (const name of ['All', 'Other'])
        for (const revision of [1, 2])
          for (const seriesInstanceUid of ['1.2.1', undefined]) add({ revision, seriesInstanceUid }, name, ['a', 'b']);
      add({ configurationVersion: 8 }, 'All', ['a']);
    }
    // Nothing is asked of rule 'Other' by deliveries: it is complete when it is received.
    expect(ids.size).toBe(2 * 2 * 2 * 2 * 2);
  });

  it('is about the deliveries of its own rule only', () => {
    const document = documentOf(telling(all), { name: 'Other', targets: ['research'], ...telling(all) });
    const both = {
      ...decision,
      rules: ['All', 'Other'],
      deliveries: [delivery('archive'), delivery('research', ['Other'])],
    };
    const due = notificationsDue(both, document, outcomes({ 'to archive': 'succeeded', 'to research': abandoned }));
    expect(due.map(({ rule, event }) => `${rule} ${event}`)).toEqual([
      'All received',
      'All completed',
      'Other received',
      'Other error',
    ]);
  });

  it('of an error names everything that was given up; nothing is completed then', () => {
    const both = { ...decision, deliveries: [delivery('research'), delivery('archive')] };
    const due = notificationsDue(both, documentOf(telling(['completed', 'error'])), () => abandoned);
    expect(due).toMatchObject([
      {
        event: 'error',
        targets: ['archive', 'research'],
        details: 'research: given up, dispatch.refused; archive: given up, dispatch.refused',
      },
    ]);
  });

  it('fits into its event, however much a rule asks for', () => {
    const deliveries = Array.from({ length: 500 }, (_, index) => delivery(`target number ${index}`));
    for (const outcome of ['succeeded', abandoned] as const)
      for (const due of notificationsDue({ ...decision, deliveries }, documentOf(telling(all)), () => outcome))
        expect(NotificationRequested.schema.safeParse(due).error).toBeUndefined();
  });

  it('is told by no rule that the configuration does not have', () => {
    expect(notificationsDue(decision, documentOf({ name: 'Renamed', ...telling(all) }), nothingYet)).toEqual([]);
  });
});

describe('deliveries that end in any order, in any number of dispatchers', () => {
  const endings = fc.array(fc.constantFrom<DeliveryOutcome>('succeeded', abandoned), { minLength: 1, maxLength: 6 });

  it('lead to the same notifications: whoever comes last finds all there is to tell', () => {
    fc.assert(
      fc.property(endings, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const deliveries = list.map((_, index) => delivery(`target ${index}`));
        const open = list.map((outcome, index) => [`to target ${index}`, outcome] as const);
        const known: Record<string, DeliveryOutcome> = {};
        const told = new Map<string, string>();
        while (open.length > 0) {
          const [id, outcome] = open.splice((numbers.next().value as number) % open.length, 1)[0] ?? ['', undefined];
          known[id] = outcome;
          // Whoever handles the event of this delivery sees it, and whatever was committed before it.
          const due = notificationsDue({ ...decision, deliveries }, documentOf(telling(all)), outcomes(known));
          for (const { notification, event } of due) told.set(notification, event);
        }
        const expected = list.includes('succeeded') && list.every((outcome) => outcome === 'succeeded');
        expect([...told.values()].toSorted()).toEqual([...(expected ? ['completed'] : ['error']), 'received']);
      }),
    );
  });
});

describe('the decision', () => {
  const uids = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.1' };
  const verdict = (rule: string, word: 'matched' | 'not-matched' | 'failed') => ({
    rule,
    verdict: word,
    condition: 'True',
    because: '',
    observations: [],
  });

  it('about a series is of the rules that matched, without those that wait for the study', () => {
    const verdicts = [
      verdict('All', 'matched'),
      verdict('MR', 'not-matched'),
      verdict('Broken', 'failed'),
      verdict('Head', 'matched'),
    ];
    const { data } = exampleSeries.routed(2, { outcome: 'routed', verdicts, studyRules: ['Head'] });
    expect(decisionOfSeries(uids, data)).toMatchObject({ ...uids, revision: 2, rules: ['All'], isDiscarded: false });
    expect(decisionOfSeries(uids, { ...data, outcome: 'discarded' })).toMatchObject({ isDiscarded: true });
  });

  it('about a study is of its rule, or the one that was followed in its place, also for what was asked for before', () => {
    const { studyInstanceUid, seriesInstanceUid } = exampleSeries;
    const one = { delivery: 'a', seriesInstanceUid, revision: 1, target: 'archive' };
    const configuration = { version: 7, sha256: exampleSeries.sha256(1) };
    const series = { seriesInstanceUid, revision: 1, seriesDescription: '', seriesNumber: null };
    const completed = (rule: string, more: Partial<StudyCompleted['data']> = {}) =>
      StudyCompleted.of({
        ...{ rule, revision: 1, trigger: 'quiet', configuration, series: [series], pending: [], missing: [] },
        ...more,
      });
    const routed = { revision: 1, configuration, deliveries: [one], alreadyRequested: [] };
    const { state } = given(studyDecider, [
      StudyOpened.of({ studyInstanceUid }),
      ...['Head', 'Other', 'Open'].map((rule) => StudySeriesMatched.of({ rule, series })),
      ...[completed('Head'), completed('Other', { follow: 'Head' }), completed('Open')],
      StudyRouted.of({ ...routed, rule: 'Head', alreadyRequested: [{ ...one, delivery: 'b', target: 'research' }] }),
      StudyRouted.of({ ...routed, rule: 'Other' }),
    ]);
    const decisions = decisionsOfStudy(state);
    expect(decisions).toEqual([
      {
        ...{ studyInstanceUid, seriesInstanceUid: undefined, revision: 1, configurationVersion: 7, isDiscarded: false },
        ...{ waited: 'Head', rules: ['Head'] },
        deliveries: [
          { delivery: 'a', target: 'archive', rules: ['Head'] },
          { delivery: 'b', target: 'research', rules: ['Head'] },
        ],
      },
      expect.objectContaining({ waited: 'Other', rules: ['Head'] }),
    ]);
    const document = documentOf({ name: 'Head', ...telling(['received']) });
    const ids = decisions
      .flatMap((each) => notificationsDue(each, document, nothingYet))
      .map((due) => due.notification);
    expect(new Set(ids).size).toBe(2);
  });
});
