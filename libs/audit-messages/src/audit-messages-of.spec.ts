import { catalogue } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { exampleMessages, reporter, sampleEvent, subjectTo } from '../test/example-messages.js';
import type { AuditMessage } from './audit-message.js';
import { auditMessagesOf, isAudited } from './audit-messages-of.js';

const messagesOf = (type: string, change: object = {}, target: 'pacs' | 'folder' = 'pacs') =>
  auditMessagesOf(sampleEvent(type, change), subjectTo(target), reporter);
const rolesOf = ({ participants }: AuditMessage) => participants.map(({ roles }) => roles.map(({ code }) => code));

describe('auditMessagesOf', () => {
  it.each([
    ['service.started.v1', '110100', 'E', 0],
    ['service.stopped.v1', '110100', 'E', 0],
    ['association.rejected.v1', '110113', 'E', 4],
    ['series.opened.v1', '110102', 'E', 0],
    ['series.completed.v1', '110104', 'C', 0],
    ['delivery.attempted.v1', '110102', 'E', 0],
    ['delivery.succeeded.v1', '110104', 'R', 0],
    ['delivery.failed.v1', '110104', 'R', 4],
    ['delivery.abandoned.v1', '110104', 'R', 8],
    ['configuration.published.v1', '110113', 'E', 0],
    ['log.signing-key-changed.v1', '110113', 'E', 0],
    ['identity.key-rotated.v1', '110113', 'E', 0],
    ['identity.forgotten.v1', '110110', 'D', 0],
    ['history.viewed.v1', '110101', 'R', 0],
    ['feed.followed.v1', '110101', 'R', 0],
    ['object.retrieved.v1', '110103', 'R', 0],
    ['bundle.exported.v1', '110106', 'R', 0],
  ])('tells of %s as %s, action %s, outcome %d', (type, code, action, outcome) => {
    const [message, ...more] = messagesOf(type);
    expect(more).toEqual([]);
    expect(message?.event).toMatchObject({ id: { code, system: 'DCM' }, action, outcome });
    expect(isAudited(type)).toBe(true);
  });

  it('tells of nothing else', () => {
    const silent = catalogue.map(({ type }) => type).filter((type) => !isAudited(type));
    for (const type of silent) expect(messagesOf(type), type).toEqual([]);
    expect(silent).toContain('instance.stored.v1');
    expect(auditMessagesOf({ ...sampleEvent('series.opened.v1'), type: 'pigeon.landed.v1' }, {}, reporter)).toEqual([]);
  });

  it('names one requestor at most, and the site', () => {
    for (const { participants, source } of exampleMessages()) {
      expect(participants.filter(({ isRequestor }) => isRequestor).length).toBeLessThanOrEqual(1);
      expect(source).toEqual({ id: '/log/main/1', siteId: 'Hospital' });
    }
  });

  it('names both ends of a transfer, the study and the patient by its pseudonym', () => {
    const { identity, studyInstanceUid } = subjectTo().study ?? {};
    for (const type of ['series.opened.v1', 'series.completed.v1', 'delivery.attempted.v1', 'delivery.succeeded.v1']) {
      const [message] = messagesOf(type);
      expect(message && rolesOf(message)).toEqual([['110153'], ['110152']]);
      expect(message?.objects).toMatchObject([
        { id: studyInstanceUid, idType: { code: '110180' }, type: '2', role: '3' },
        { id: identity?.key, idType: { code: '2', system: 'RFC-3881' }, type: '1', role: '1', name: '' },
      ]);
    }
  });

  it('tells of a transfer when it was over', () => {
    const [message] = messagesOf('series.completed.v1', { lastReceivedAt: '2026-01-31T12:00:00.000Z' });
    expect(message?.event.dateTime).toBe('2026-01-31T12:00:00.000Z');
  });

  it('tells of what goes to a folder as an export to a URI, and not before it is there', () => {
    expect(messagesOf('delivery.attempted.v1', {}, 'folder')).toEqual([]);
    const [message] = messagesOf('delivery.succeeded.v1', {}, 'folder');
    expect(message?.event).toMatchObject({ id: { code: '110106' }, action: 'R' });
    expect(message?.participants[1]).toMatchObject({
      userId: 'file:///srv/research%20data',
      isRequestor: false,
      roles: [{ code: '110154' }],
      media: { code: '110037' },
    });
  });

  it('tells of a refused peer by its title and address, also of one that got through no handshake', () => {
    const [titled] = messagesOf('association.rejected.v1');
    expect(titled?.participants[1]).toMatchObject({
      userId: 'STRANGER',
      aeTitle: 'STRANGER',
      network: { id: '10.20.9.99', type: '2' },
    });
    expect(titled?.event.types).toMatchObject([{ code: '110126' }]);
    const [nameless] = messagesOf('association.rejected.v1', { callingAeTitle: '' });
    expect(nameless?.participants[1]).toMatchObject({ userId: '10.20.9.99', network: { id: '10.20.9.99' } });
    expect(nameless?.objects).toMatchObject([{ idType: { code: '110182' }, details: [{ type: 'Alert Description' }] }]);
  });

  it('tells of each pseudonym of a patient on its own, as erased for good', () => {
    const keys = ['0199f2c0-6a14-4c3e-8d55-0242ac120002', '0199f2c0-6a14-4c3e-8d55-0242ac120003'];
    const messages = messagesOf('identity.forgotten.v1', { keys });
    expect(messages.map(({ objects }) => objects)).toMatchObject(
      keys.map((id) => [{ id, lifeCycle: '15', role: '1' }]),
    );
  });

  it('tells nothing of a study that it does not know', () => {
    for (const type of ['series.opened.v1', 'series.completed.v1', 'delivery.succeeded.v1', 'bundle.exported.v1'])
      expect(auditMessagesOf(sampleEvent(type), {}, reporter)).toEqual([]);
  });

  it('cuts what people and peers say at a length that a repository takes', () => {
    const long = 'x'.repeat(100_000);
    const messages = [
      ...messagesOf('delivery.failed.v1', { reason: long }),
      ...messagesOf('association.rejected.v1', { reason: long }),
      ...messagesOf('configuration.published.v1', { reason: long }),
      ...messagesOf('identity.forgotten.v1', { reason: long }),
    ];
    for (const message of messages) expect(JSON.stringify(message).length).toBeLessThan(4000);
  });
});
