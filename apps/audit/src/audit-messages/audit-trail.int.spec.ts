import { hostname } from 'node:os';
import { AssociationRejected, streamName } from '@waystation/events';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../test/services/free-port.js';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { RsyslogServer } from '../../test/rsyslog-server.js';
import { HistoryWriter } from '../../test/write-history.js';
import { AUDIT_MESSAGES } from './audit-trail.js';

const wait = { timeout: 30_000, interval: 100 };

let authority: TestAuthority;
let [server, client]: readonly (TestCertificate | undefined)[] = [];
beforeAll(async () => {
  authority = await TestAuthority.create();
  [server, client] = await Promise.all([authority.issue('repository'), authority.issue('waystation')]);
});
afterAll(() => authority.remove());

const tls = () => ({ ca: authority.path, certificate: server?.certificatePath ?? '', key: server?.keyPath ?? '' });
const settings = (port: number, own: TestCertificate | null | undefined = client): NodeJS.ProcessEnv => ({
  WAYSTATION_AUDIT_MESSAGES_TO: `syslog+tls://127.0.0.1:${port}`,
  WAYSTATION_AUDIT_MESSAGES_CA_FILE: authority.path,
  ...(own === undefined || own === null
    ? {}
    : {
        WAYSTATION_AUDIT_MESSAGES_CERTIFICATE_FILE: own.certificatePath,
        WAYSTATION_AUDIT_MESSAGES_KEY_FILE: own.keyPath,
      }),
});
const reject = async (audit: AuditService, name: string): Promise<void> => {
  await audit.platform.log.append({
    time: new Date().toISOString(),
    metadata: {},
    parts: [
      {
        stream: streamName.association(name),
        expected: 'any',
        events: [
          AssociationRejected.of({
            callingAeTitle: name,
            calledAeTitle: 'WAYSTATION',
            address: '10.0.0.9',
            tls: null,
            reason: 'a stranger',
          }),
        ],
      },
    ],
  });
};
/** AE titles of the refused, in the order in which the repository was told of them. */
const refused = async (repository: RsyslogServer): Promise<readonly string[]> =>
  (await repository.messages()).flatMap((line) => /UserID="(STRANGER\d+)"/.exec(line)?.[1] ?? []);
const numbered = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `STRANGER${from + index}`);

describe('An audit repository', () => {
  it('is told over TLS of a whole history, by rsyslog’s own reading of it', async () => {
    await using repository = await RsyslogServer.start(await freePort(), tls());
    await using audit = await auditService(settings(repository.port));
    const history = new HistoryWriter(audit.platform.log);
    await history.publish();
    for (const number of [1, 2, 3]) await history.receive(1, 1, number);
    const revision = await history.complete(1);
    const [delivery = ''] = await history.route(1, revision ?? 0);
    await history.attempt(delivery, 'failure');
    await history.attempt(delivery, 'success');
    await fetch(`${audit.url}/api/series/${history.uid(1)}/history`);
    await vi.waitFor(async () => expect(await repository.messages()).toHaveLength(9), wait);
    const messages = await repository.messages();
    expect(messages.map((line) => /EventID csd-code="(\d+)"/.exec(line)?.[1])).toEqual([
      '110100',
      '110113',
      '110102',
      '110104',
      '110102',
      '110104',
      '110102',
      '110104',
      '110101',
    ]);
    expect(messages[0]).toMatch(
      new RegExp(`^<85>1 \\S+Z ${hostname()} Waystation \\d+ DICOM\\+RFC3881 - \uFEFF<\\?xml`),
    );
    expect(messages[3]).toContain(`ParticipantObjectID="${history.uid(1)}"`);
    expect(messages[3]).toContain('NumberOfInstances="3"');
    expect(messages[4]).toContain('AlternativeUserID="AETITLES=PACS"');
    expect(messages.filter((line) => line.startsWith('<84>'))).toEqual([messages[5]]);
    expect(messages.join('')).not.toContain('Doe');
  });

  it('misses nothing while it is away, and is told in order', async () => {
    const repository = await RsyslogServer.start(await freePort(), tls());
    await using audit = await auditService(settings(repository.port));
    for (const name of numbered(1, 5)) await reject(audit, name);
    await vi.waitFor(async () => expect(await refused(repository)).toEqual(numbered(1, 5)), wait);
    await repository.down();
    for (const name of numbered(6, 20)) await reject(audit, name);
    await repository.up();
    await vi.waitFor(async () => expect((await refused(repository)).at(-1)).toBe('STRANGER20'), wait);
    const told = await refused(repository);
    expect([...new Set(told)]).toEqual(numbered(1, 20));
    // What is told twice is told from some place on, as it was.
    const again = told.indexOf('STRANGER6') - 5;
    expect(told.slice(5, 5 + again)).toEqual(numbered(6 - again, 5));
    await repository[Symbol.asyncDispose]();
  });

  it('has what was sent before a stop, and is told the rest by the next process', async () => {
    await using repository = await RsyslogServer.start(await freePort(), tls());
    await using audit = await auditService(settings(repository.port));
    for (const name of numbered(1, 3)) await reject(audit, name);
    await vi.waitFor(async () => expect(await refused(repository)).toHaveLength(3), wait);
    await audit.stop();
    const stopped = await audit.platform.log.checkpoints.get(AUDIT_MESSAGES);
    expect(stopped).toBeGreaterThanOrEqual(4);
    for (const name of numbered(4, 6)) await reject(audit, name);
    await audit.another();
    await vi.waitFor(async () => expect(await refused(repository)).toEqual(numbered(1, 6)), wait);
  });

  it('is told nothing before it has shown a certificate of the authority, or without ours where it wants one', async () => {
    const port = await freePort();
    await using repository = await RsyslogServer.start(port, tls());
    await using stranger = await auditService({ ...settings(port, null) });
    await reject(stranger, 'STRANGER1');
    const other = await TestAuthority.create();
    await using doubting = await auditService({ ...settings(port), WAYSTATION_AUDIT_MESSAGES_CA_FILE: other.path });
    await reject(doubting, 'STRANGER2');
    await using trusted = await auditService(settings(port));
    await reject(trusted, 'STRANGER3');
    await vi.waitFor(async () => expect(await refused(repository)).toContain('STRANGER3'), wait);
    expect(await refused(repository)).toEqual(['STRANGER3']);
    for (const audit of [stranger, doubting]) expect(await audit.platform.log.checkpoints.get(AUDIT_MESSAGES)).toBe(0);
    await other.remove();
  });

  it.each(['tcp', 'udp'])('is told over %s where that is asked for', async (transport) => {
    await using repository = await RsyslogServer.start(await freePort());
    await using audit = await auditService({
      WAYSTATION_AUDIT_MESSAGES_TO: `syslog+${transport}://127.0.0.1:${repository.port}`,
    });
    await reject(audit, 'STRANGER1');
    await vi.waitFor(async () => expect(await refused(repository)).toEqual(['STRANGER1']), wait);
  });
});
