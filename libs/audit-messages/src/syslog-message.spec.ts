import { describe, expect, it } from 'vitest';
import { reporter, sampleEvent } from '../test/example-messages.js';
import { auditMessagesOf } from './audit-messages-of.js';
import { syslogFrame, syslogMessage } from './syslog-message.js';

const [started] = auditMessagesOf(sampleEvent('service.started.v1'), {}, reporter);
const [refused] = auditMessagesOf(sampleEvent('association.rejected.v1'), {}, reporter);
const at = '2026-01-31T12:00:00.000Z';

describe('syslogMessage', () => {
  it('has the header of RFC 5424 that PS3.15 A.6 asks for, and XML behind a byte order mark', () => {
    const text = started && syslogMessage(started, at, { host: 'waystation-1', processId: 42 }).toString();
    expect(text).toMatch(
      /^<85>1 2026-01-31T12:00:00\.000Z waystation-1 Waystation 42 DICOM\+RFC3881 - \uFEFF<\?xml .*<\/AuditMessage>$/,
    );
  });

  it('is a warning where something failed', () => {
    expect(refused && syslogMessage(refused, at, { host: 'h', processId: 1 }).toString()).toMatch(/^<84>1 /);
  });

  it.each([
    ['', '-'],
    ['größer als', 'grerals'],
    ['x'.repeat(300), 'x'.repeat(255)],
  ])('names the host %j in characters that a header may have', (host, shown) => {
    expect(started && syslogMessage(started, at, { host, processId: 1 }).toString().split(' ')[2]).toBe(shown);
  });
});

it('counts octets, not characters, in front of a frame', () => {
  expect(syslogFrame(Buffer.from('größer')).toString()).toBe('8 größer');
});
