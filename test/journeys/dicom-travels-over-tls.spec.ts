import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, TestAuthority, type SyntheticInstance, type TestCertificate } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetHashes, dataSetsUnder, echoscu, freePort, startStorescp, storescu } from '../harness/dcmtk.js';
import { readAllKept } from '../harness/kept-objects.js';
import type { Program } from '../harness/program.js';
import { rejectionsIn, type Rejection } from '../harness/rejections.js';
import {
  launchStandalone,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

// REQ-SECURE-1, REQ-SECURE-2, REQ-SECURE-3: TLS on both sides, certificates, and who may use which AE title.
describe('DICOM over TLS', () => {
  let folder: string;
  let authority: TestAuthority;
  let stranger: TestAuthority;
  let own: TestCertificate;
  let scanner: TestCertificate;
  let impostor: TestCertificate;
  let foreign: TestCertificate;
  let system: Standalone;
  let pacs: Program;
  let ct: readonly SyntheticInstance[];
  const sent = (): string => join(folder, 'sent');
  const received = (): string => join(folder, 'pacs');

  const settings = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    WAYSTATION_DICOM_TLS_PORT: '0',
    WAYSTATION_DICOM_TLS_CERTIFICATE_FILE: own.certificatePath,
    WAYSTATION_DICOM_TLS_KEY_FILE: own.keyPath,
    WAYSTATION_DICOM_TLS_CA_FILE: authority.path,
    ...more,
  });
  const showing = ({ certificatePath, keyPath }: TestCertificate): readonly string[] => [
    ...['+tls', keyPath, certificatePath, '+cf', authority.path],
  ];
  const push = (port: number, ...options: readonly string[]): ReturnType<typeof storescu> =>
    storescu(port, [sent()], '+sd', ...options);
  const addTarget = (name: string, port: number, ...options: readonly string[]): Promise<unknown> => {
    const place = ['--host', '127.0.0.1', '--port', String(port), '--called-ae', 'PACS', '--attempts', '1'];
    return system.waystation.json('target', 'add', name, ...place, ...options);
  };
  /** The refusals that were written since there were so many. */
  const rejectedSince = (before: number): Promise<readonly Rejection[]> =>
    eventually('a refusal', async () => {
      const since = (await rejectionsIn(system.dataFolder)).slice(before);
      return since.length > 0 ? since : undefined;
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    [authority, stranger] = await Promise.all([TestAuthority.create(), TestAuthority.create()]);
    own = await authority.issue('waystation');
    scanner = await authority.issue('scanner', 'DNS:scanner.example');
    impostor = await authority.issue('impostor', 'DNS:impostor.example');
    foreign = await stranger.issue('scanner', 'DNS:scanner.example');
    system = await startStandalone(join(folder, 'data'), settings());
    const port = await freePort();
    pacs = await startStorescp(received(), port, ...showing(await authority.issue('pacs')));
    const { waystation } = system;
    await waystation.json('config', 'quiet-period', '1');
    const ours = ['--certificate-file', own.certificatePath, '--key-file', own.keyPath];
    await addTarget('pacs', port, '--ca-file', authority.path, ...ours);
    await addTarget('distrusted', port, '--ca-file', stranger.path, ...ours);
    await addTarget('keyless', port, '--certificate-file', own.certificatePath, '--key-file', join(folder, 'no.key'));
    await waystation.json('rule', 'add', 'CT', '--when', "@Modality@ == 'CT'", '--to', 'pacs', 'distrusted', 'keyless');
    await waystation.json('sender', 'add', 'SCANNER', '--common-name', 'scanner');
    const passcodeFile = join(folder, 'passcode');
    await writeFile(passcodeFile, 'open sesame\n');
    await waystation.json('sender', 'add', 'US7', '--user', 'us7', '--passcode-file', passcodeFile);
    ct = syntheticSeries(8, { modality: 'CT' });
    await mkdir(sent());
    for (const [index, { part10 }] of ct.entries()) await writeFile(join(sent(), `${index}.dcm`), part10);
    // The receiver follows the configuration within a second: until then the plain port takes the scanner.
    await eventually('the senders in force', async () =>
      (await echoscu(system.dicomPort, '-aet', 'SCANNER')) === 0 ? undefined : true,
    );
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.stop();
    await Promise.all([authority?.remove(), stranger?.remove(), removeFolder(folder)]);
  });

  it('comes in with a certificate, goes out with another, and is the same bit by bit', async () => {
    const { code, output } = await push(system.tlsPort, ...showing(scanner));
    expect(code, output).toBe(0);
    const series = ct[0]?.seriesInstanceUid ?? '';
    await eventually('the delivery', async () => {
      const lines = await system.waystation.get<readonly { target: string; status: string; delivered: number }[]>(
        `/api/deliveries?series=${series}&target=pacs`,
      );
      return lines.some(({ status, delivered }) => status === 'succeeded' && delivered === ct.length) || undefined;
    });
    const kept = dataSetHashes(await readAllKept(system.dataFolder));
    expect(kept).toHaveLength(ct.length);
    expect(dataSetsUnder(received())).toEqual(kept);
  });

  it('is in the history, with the version, the cipher and the certificate of the caller', async () => {
    const history = await system.waystation.history(ct[0]?.seriesInstanceUid ?? '');
    const accepted = history.findLast(({ type, data }) => type === 'association.accepted.v1' && data['tls'] !== null);
    expect(accepted?.data).toMatchObject({
      callingAeTitle: 'SCANNER',
      tls: {
        version: expect.stringMatching(/^TLSv1\.[23]$/),
        cipher: expect.stringMatching(/^TLS_/),
        certificate: { subject: 'O=Test Hospital, CN=scanner', subjectAltName: 'DNS:scanner.example' },
      },
    });
    expect(accepted?.sentence).toMatch(/SCANNER at 127\.0\.0\.1 called WAYSTATION over TLSv1\./);
  });

  it('is refused from a caller whose certificate nobody vouches for, visibly', async () => {
    const before = (await rejectionsIn(system.dataFolder)).length;
    expect((await push(system.tlsPort, ...showing(foreign))).code).not.toBe(0);
    const [rejected] = await rejectedSince(before);
    expect(rejected?.reason).toContain('(O=Test Hospital, CN=scanner) is not valid');
  });

  it('is refused from a caller that uses the AE title of another', async () => {
    const before = (await rejectionsIn(system.dataFolder)).length;
    const { code, output } = await push(system.tlsPort, ...showing(impostor));
    expect(code).not.toBe(0);
    expect(output).toContain('Calling AE Title Not Recognized');
    const [rejected] = await rejectedSince(before);
    expect(rejected).toMatchObject({
      callingAeTitle: 'SCANNER',
      reason: expect.stringContaining('lacks its certificate: it shows that of O=Test Hospital, CN=impostor'),
      tls: { certificate: { subject: 'O=Test Hospital, CN=impostor' } },
    });
    expect((await push(system.tlsPort, ...showing(impostor), '-aet', 'IMPOSTOR')).code).toBe(0);
  });

  it('is refused from a caller that comes without TLS where its AE title needs a certificate', async () => {
    const before = (await rejectionsIn(system.dataFolder)).length;
    expect((await push(system.dicomPort)).output).toContain('Calling AE Title Not Recognized');
    expect((await rejectedSince(before))[0]).toMatchObject({
      reason: expect.stringContaining('without TLS'),
      tls: null,
    });
  });

  it('is taken from a user with the right passcode only, which no event tells', async () => {
    const us7 = ['-aet', 'US7', ...showing(scanner), '--user', 'us7', '--pos-response', '--password'];
    expect((await push(system.tlsPort, ...us7, 'open sesame')).code).toBe(0);
    const before = (await rejectionsIn(system.dataFolder)).length;
    const { code, output } = await push(system.tlsPort, ...us7, 'open up');
    expect([code === 0, output]).toEqual([false, expect.stringContaining('Calling AE Title Not Recognized')]);
    const rejected = await rejectedSince(before);
    expect(rejected[0]?.reason).toContain("lacks the right passcode of user 'us7'");
    expect(JSON.stringify(rejected)).not.toContain('open');
  });

  it.each([
    ['distrusted', 'tls-untrusted', 'shows a certificate that cannot be trusted'],
    ['keyless', 'tls-unusable', 'targets.keyless.tls.keyFile: '],
  ])('fails to the target %s with %s, certain that nothing arrived', async (target, code, reason) => {
    const [line] = await eventually('the end of the delivery', async () => {
      const path = `/api/deliveries?target=${target}&status=abandoned`;
      const lines = await system.waystation.get<readonly { readonly delivery: string }[]>(path);
      return lines.length > 0 ? lines : undefined;
    });
    const story = await system.waystation.history(`delivery/${line?.delivery}`);
    expect(story.find(({ type }) => type === 'delivery.failed.v1')?.data).toMatchObject({
      code: expect.stringContaining(code) as string,
      reason: expect.stringContaining(reason) as string,
      uncertain: false,
    });
  });

  it.each([
    ['a key file that is not there', () => ({ WAYSTATION_DICOM_TLS_KEY_FILE: '/nowhere/own.key' }), 'cannot be read'],
    ['the key of another', () => ({ WAYSTATION_DICOM_TLS_KEY_FILE: scanner.keyPath }), 'another key'],
    ['no key file', () => ({ WAYSTATION_DICOM_TLS_KEY_FILE: '' }), 'dicom.tls.port needs it'],
  ])('does not begin with %s, and the setting is named', async (_what, wrong, reason) => {
    const program = launchStandalone(join(folder, 'other'), settings(wrong()));
    expect(await program.end()).toBe(1);
    expect(program.output).toContain('dicom.tls.keyFile (WAYSTATION_DICOM_TLS_KEY_FILE)');
    expect(program.output).toContain(reason);
  });
});
