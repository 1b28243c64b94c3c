import { describe, expect, it } from 'vitest';
import { importMercure } from '../import-mercure.js';

const targets = {
  pacs: { target_type: 'dicom', ip: '10.1.0.7', port: '104', aet_target: 'PACS', aet_source: 'M' },
  cloud: { target_type: 's3' },
};
const ct = { rule: "@Modality@ == 'CT'", target: 'pacs' };
const webhook = { notification_webhook: 'https://chat.example/1', notification_payload: '"text": "{{ body }}"' };

const imported = (rule: object) =>
  importMercure(JSON.stringify({ targets, rules: { CT: { ...ct, ...rule } } }), {
    timeZone: 'UTC',
    elementOf: () => undefined,
  });

describe('of a rule of mercure is taken', () => {
  it.each<[string, object, object]>([
    ['a target alone', {}, { targets: ['pacs'], trigger: 'series', action: 'route', priority: 'normal' }],
    ['a target twice', { target: ['pacs', 'pacs'] }, { targets: ['pacs'] }],
    ['a number as a truth value', { disabled: 1 }, { disabled: true }],
    ['a word as a truth value', { disabled: 'True' }, { disabled: true }],
    ['nothing as the default', { priority: '', action: null }, { priority: 'normal', action: 'route' }],
    ['what it says of itself', { comment: 'a', contact: 'b', tags: 'c' }, { comment: 'a; contact: b; tags: c' }],
    [
      'whom it tells, of what mercure tells unless told otherwise',
      webhook,
      { notifications: [{ channels: ['webhook chat.example'], on: ['received', 'completed', 'error'] }] },
    ],
    ['a series each for a discard', { action: 'discard', action_trigger: 'study' }, { trigger: 'series', targets: [] }],
    [
      'the time to wait for a study where no series are listed',
      { action_trigger: 'study', study_trigger_condition: 'received_series' },
      { study: { quietPeriodSeconds: 900, forceAfterSeconds: 5400, force: 'discard' } },
    ],
  ])('%s', (_what, rule, expected) => {
    const [made] = imported(rule).document.rules;
    expect(made).toMatchObject(expected);
  });

  it('the templates of a webhook, as the channel has them', () => {
    const { document } = imported({ ...webhook, notification_payload_body: 'Rule @rule@' });
    expect(document.notificationChannels).toMatchObject([{ payload: '{"text": "{{ body }}"}', body: 'Rule @rule@' }]);
  });
});

describe('a rule of mercure', () => {
  it.each<[string, object, string, string, string]>([
    ['may ask for a tag that mercure does not read', { rule: "@EchoTime@ == '3'" }, 'rule', 'changed', 'EchoTime'],
    ['may ask for what an object lacks', { rule: "not 'L' in @ImageType@" }, 'rule', 'changed', 'lacks an element'],
    ['may have no condition, and is never followed', { rule: '' }, 'rule', 'changed', 'condition is False'],
    ['may be off-peak, and waits', { priority: 'offpeak' }, 'priority', 'changed', 'does wait'],
    [
      'has no module that would ask it to tell',
      { notification_trigger_completion_on_request: true },
      'notification_trigger_completion_on_request',
      'taken',
      'the rule has none',
    ],
    [
      'may name a payload that is none',
      { ...webhook, notification_payload: '"text": ' },
      'notification_payload',
      'not-taken',
      'makes no JSON',
    ],
    ['may have a word that is none', { priority: 'soon' }, 'priority', 'not-taken', 'one of normal, urgent, offpeak'],
  ])('%s', (_what, rule, field, outcome, reason) => {
    const { document, items } = imported(rule);
    expect(document.rules).toHaveLength(1);
    expect(items.find(({ path }) => path === `rules.CT.${field}`)).toEqual({
      path: `rules.CT.${field}`,
      outcome,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it.each<[string, object, string]>([
    ['that sends nowhere', { target: '' }, 'no target'],
    ['that sends only where nothing can be sent', { target: ['cloud'] }, 'no target'],
    ['that tells nobody', { action: 'notification' }, 'tell nobody'],
    [
      'that waits for series that cannot be read',
      { action_trigger: 'study', study_trigger_condition: 'received_series', study_trigger_series: "'t1','t2'" },
      'the series that it waits for',
    ],
  ])('%s is left out, whole', (_what, rule, reason) => {
    const { document, items } = imported(rule);
    expect(document.rules).toEqual([]);
    const own = items.filter(({ path }) => path.startsWith('rules.CT.'));
    expect(own.filter(({ outcome }) => outcome !== 'not-taken')).toEqual([]);
    expect(own.map((item) => item.reason).join('\n')).toContain(reason);
  });
});

it('what a rule would tell is not said to be taken where its only channel is not', () => {
  const address = { ...webhook, notification_webhook: 'https://user:word@chat.example/1' };
  const { document, items } = imported({ ...address, notification_trigger_completion: true });
  expect(document.rules[0]?.notifications).toEqual([]);
  expect(items.find(({ path }) => path === 'rules.CT.notification_trigger_completion')?.reason).toBe(
    'there is no channel by which the rule would tell anybody',
  );
});
