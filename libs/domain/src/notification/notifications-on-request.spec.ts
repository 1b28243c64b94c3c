import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationsDue } from './notifications-due.js';
import type { RuleDecision, RuleJob } from './rule-decision.js';

const words = [{ job: 'a', attempt: 1 }];
const documentOf = (on: readonly string[]) =>
  ConfigurationDocument.parse({
    notificationChannels: [{ kind: 'webhook', name: 'chat', url: 'https://chat.example/hook' }],
    targets: [{ kind: 'folder', name: 'archive', path: '/srv' }],
    modules: [{ kind: 'app', name: 'nodules' }],
    rules: [
      {
        ...{ name: 'All', condition: 'True', action: 'both', targets: ['archive'] },
        processing: { steps: [{ module: 'nodules' }] },
        notifications: [{ channels: ['chat'], on }],
      },
    ],
  });
const decisionWith = (job: Partial<RuleJob>): RuleDecision => ({
  ...{ studyInstanceUid: '1.2', seriesInstanceUid: '1.2.1', revision: 1, configurationVersion: 7 },
  ...{ isDiscarded: false, rules: ['All'], deliveries: [{ delivery: 'd', target: 'archive', rules: ['All'] }] },
  processing: [{ rule: 'All', module: 'nodules', outcome: 'over', ...job }],
});
const due = (on: readonly string[], job: Partial<RuleJob>, isDelivered = true) =>
  notificationsDue(decisionWith(job), documentOf(on), () => (isDelivered ? 'succeeded' : undefined));

describe('a rule that tells when a module asks for it', () => {
  it('tells that all is done where one asked, with its words', () => {
    expect(due(['requested'], { isRequested: true, words })).toMatchObject([
      { event: 'completed', details: 'delivered to archive', words },
    ]);
  });

  it('tells nothing where none asked, whatever it said', () => {
    expect(due(['requested'], { isRequested: false, words })).toEqual([]);
    expect(due(['requested'], {})).toEqual([]);
  });

  it('tells nothing before all is delivered', () => {
    expect(due(['requested'], { isRequested: true, words }, false)).toEqual([]);
  });
});

describe('the words of a module', () => {
  it('are told with every completion, asked for or not, and with nothing else', () => {
    const told = due(['received', 'completed', 'error'], { words });
    expect(told).toMatchObject([{ event: 'received' }, { event: 'completed', words }]);
    expect(told[0]).not.toHaveProperty('words');
  });
});

it('whatever is asked for, a channel is told once that all is done, exactly where it is to be told or a module asked', () => {
  const on = fc.subarray(['received', 'completed', 'requested', 'error'], { minLength: 1 });
  fc.assert(
    fc.property(on, fc.boolean(), fc.boolean(), (moments, isRequested, speaks) => {
      const told = due(moments, { isRequested, ...(speaks ? { words } : {}) });
      const completed = told.filter(({ event }) => event === 'completed');
      const expected = moments.includes('completed') || (moments.includes('requested') && isRequested);
      expect(completed).toHaveLength(expected ? 1 : 0);
      expect(told.length - completed.length).toBe(moments.includes('received') ? 1 : 0);
    }),
  );
});
