import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { storageSopClasses } from '@waystation/dicom';
import { syntheticInstance, syntheticSeries, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { associationsOf } from '../harness/associations.js';
import { CuttingProxy, type Cut } from '../harness/cutting-proxy.js';
import { dataSetHashes, dcmtk, type Outcome } from '../harness/dcmtk.js';
import { keptOf } from '../harness/kept-objects.js';
import { writeNegotiationProfile } from '../harness/negotiation-profile.js';
import { writeObjectFiles } from '../harness/object-files.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { hashesOf, Storescp } from '../harness/storescp.js';

/** A series of an object that spans many PDUs, one that spans some, and one that fits into one. */
const newSeries = (): readonly SyntheticInstance[] => {
  const seed = syntheticUid();
  return [512, 256, 16].map((rows, index) =>
    syntheticInstance({ seed, rows, columns: rows, instanceNumber: index + 1 }),
  );
};
const released = 'association.released.v1';
const aborted = 'association.aborted.v1';

interface Wire {
  readonly program?: 'storescu' | 'dcmsend';
  readonly options: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const storescu = (...options: readonly string[]): Wire => ({ options });
const dcmsend = (...options: readonly string[]): Wire => ({ program: 'dcmsend', options });

// REQ-INTEROP-2: whatever a sender of DCMTK makes of the wire, the object is kept as storescp would keep it.
describe('A sender of DCMTK', () => {
  let folder: string;
  let system: Standalone;
  let judge: Storescp;
  let callers = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const called = ['WAYSTATION', 'ABCDEFGHIJKLMNOP', 'WAY STATION', '1'].join(',');
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_ACCEPT_CALLED_AE: called });
    judge = await Storescp.start(join(folder, 'judge'));
    await writeNegotiationProfile(join(folder, 'profile.cfg'));
    for (const name of ['ticket', 'assertion', 'token']) await writeFile(join(folder, name), `a ${name} of somebody`);
  });

  afterAll(async () => {
    await system?.program.stop();
    await judge?.stop();
    await removeFolder(folder);
  });

  beforeEach(() => void judge.newFiles());

  const newCaller = (): string => `SENDER${++callers}`;
  const callTo = (
    port: number,
    { program = 'storescu', options, env }: Wire,
    caller: string,
    files: readonly string[],
  ): Promise<Outcome> => {
    const named = options.map((option) => option.replace('FOLDER', folder));
    return dcmtk(
      program,
      ['-v', '-aet', caller, '-aec', 'WAYSTATION', ...named, '127.0.0.1', String(port), ...files],
      env,
    );
  };

  it.each<readonly [string, Wire]>([
    ['storescu with PDUs of 4 KiB', storescu('-R', '--max-pdu', '4096', '--max-send-pdu', '4096')],
    ['storescu with PDUs of 128 KiB', storescu('-R', '--max-pdu', '131072', '--max-send-pdu', '131072')],
    ['storescu with PDUs of its own length', storescu('-R', '--max-send-pdu', '16386')],
    ['storescu proposing all it knows', storescu()],
    ['storescu proposing big endian first', storescu('--propose-big')],
    ['storescu proposing implicit VR only', storescu('--propose-implicit')],
    ['storescu deflating', storescu('-R', '--propose-deflated')],
    ['storescu proposing what it has no need of', storescu('-R', '--propose-j2k-lossless')],
    ['storescu combining transfer syntaxes in one context', storescu('--combine', '--propose-little')],
    ['storescu with 128 contexts, roles and extended negotiation', storescu('-xf', 'FOLDER/profile.cfg', 'Everything')],
    ['storescu naming a user', storescu('-R', '--user', 'somebody')],
    ['storescu with a password', storescu('-R', '--user', 'somebody', '--password', 'secret')],
    ['storescu with an empty password', storescu('-R', '--user', 'somebody', '--empty-password')],
    ['storescu with a Kerberos ticket', storescu('-R', '--kerberos', 'FOLDER/ticket')],
    ['storescu with a SAML assertion', storescu('-R', '--saml', 'FOLDER/assertion')],
    ['storescu with a JSON web token', storescu('-R', '--jwt', 'FOLDER/token')],
    ['storescu with timeouts', storescu('-R', '-to', '10', '-ts', '10', '-ta', '10', '-td', '10')],
    ["storescu with Nagle's algorithm", { ...storescu('-R'), env: { TCP_NODELAY: '0' } }],
    ['storescu with small buffers', { ...storescu('-R'), env: { TCP_BUFFER_LENGTH: '2048' } }],
    ['storescu aborting in the end', storescu('-R', '--abort')],
    ['storescu repeating', storescu('-R', '--repeat', '3')],
    ['dcmsend with PDUs of 4 KiB', dcmsend('--max-pdu', '4096', '--max-send-pdu', '4096')],
    ['dcmsend with PDUs of 128 KiB', dcmsend('--max-pdu', '131072', '--max-send-pdu', '131072')],
    ['dcmsend proposing nothing that is illegal', dcmsend('--no-illegal-proposal')],
    ['dcmsend ready to decompress', dcmsend('--decompress-lossy')],
    ['dcmsend with a single association', dcmsend('--single-association')],
    ["dcmsend with Nagle's algorithm", { ...dcmsend(), env: { TCP_NODELAY: '0' } }],
  ])('that is %s has its objects kept as storescp keeps them', async (_, wire) => {
    const objects = newSeries();
    const caller = newCaller();
    const files = await writeObjectFiles(join(folder, caller), objects);
    for (const port of [judge.port, system.dicomPort]) {
      const { code, output } = await callTo(port, wire, caller, files);
      expect(code, output).toBe(0);
    }
    const kept = await keptOf(system, objects[0]?.seriesInstanceUid ?? '');
    expect(dataSetHashes(kept)).toEqual([...new Set(hashesOf(judge.newFiles()))]);
    const [association] = await associationsOf(system, caller);
    expect(association?.ended).toBe(wire.options.includes('--abort') ? aborted : released);
  });

  it('that wants to hear who it is goes away, from here as from storescp: nobody looks', async () => {
    const files = await writeObjectFiles(join(folder, 'confirmed'), newSeries());
    for (const port of [judge.port, system.dicomPort]) {
      const { code, output } = await callTo(port, storescu('--user', 'me', '--pos-response'), newCaller(), files);
      expect(code).not.toBe(0);
      expect(output).toContain('Positive response requested but none received');
    }
  });

  it('has objects of more SOP classes than an association has contexts kept as storescp keeps them', async () => {
    const objects = [...storageSopClasses.keys()].map((sopClass) =>
      syntheticInstance({ sopClass, seed: 'classes', sopInstanceUid: syntheticUid() }),
    );
    const caller = newCaller();
    const files = await writeObjectFiles(join(folder, caller), objects);
    const wire = dcmsend('--no-halt');
    await callTo(judge.port, wire, caller, files);
    const { code, output } = await callTo(system.dicomPort, wire, caller, files);
    expect(code, output.slice(-2000)).toBe(0);
    const kept = await keptOf(system, objects[0]?.seriesInstanceUid ?? '');
    expect(kept).toHaveLength(storageSopClasses.size);
    const judged = hashesOf(judge.newFiles());
    expect(judged.length).toBeGreaterThan(128);
    expect(dataSetHashes(kept)).toEqual(expect.arrayContaining([...judged]));
    await associationsOf(system, caller, Math.ceil(storageSopClasses.size / 128));
  });

  it.each<readonly [string, readonly string[], number]>([
    ['once', [], 1],
    ['fifty times over one association', ['--repeat', '50'], 50],
    ['in one of 38 transfer syntaxes', ['--propose-ts', '38'], 1],
    ['in one of 128 contexts', ['--propose-pc', '128'], 1],
    ['in one of 128 contexts of 38 transfer syntaxes', ['--propose-pc', '128', '--propose-ts', '38'], 1],
    ['with PDUs of 4 KiB', ['--max-pdu', '4096'], 1],
    ['with PDUs of 128 KiB', ['--max-pdu', '131072'], 1],
    ['and aborts', ['--abort'], 1],
  ])('that is echoscu is answered where it asks %s', async (_, options, answers) => {
    const caller = newCaller();
    const args = ['-v', '-aet', caller, '-aec', 'WAYSTATION', ...options, '127.0.0.1', String(system.dicomPort)];
    const { code, output } = await dcmtk('echoscu', args);
    expect(code, output).toBe(0);
    expect(output.match(/Received Echo Response \(Success\)/g)).toHaveLength(answers);
    const [association] = await associationsOf(system, caller);
    expect(association?.ended).toBe(options.includes('--abort') ? aborted : released);
  });

  it.each([
    ['ABCDEFGHIJKLMNOP', 'A CALLER OF 16 !', 'ABCDEFGHIJKLMNOP', 'A CALLER OF 16 !'],
    ['WAY STATION', 'WITH SPACES', 'WAY STATION', 'WITH SPACES'],
    ['  WAYSTATION', '  INDENTED', 'WAYSTATION', 'INDENTED'],
    ['WAYSTATION   ', 'PADDED   ', 'WAYSTATION', 'PADDED'],
    ['1', '2', '1', '2'],
  ])("may call '%s' as '%s'", async (called, calling, calledAeTitle, callingAeTitle) => {
    const args = ['-aec', called, '-aet', calling, '127.0.0.1', String(system.dicomPort)];
    expect((await dcmtk('echoscu', args)).code).toBe(0);
    const [association] = await associationsOf(system, callingAeTitle);
    expect(association?.accepted).toMatchObject({ calledAeTitle, callingAeTitle });
  });

  it.each(['waystation', 'WAYSTATION2', 'WAYSTATIO'])("is told that '%s' is nobody here", async (called) => {
    const { code, output } = await dcmtk('echoscu', ['-v', '-aec', called, '127.0.0.1', String(system.dicomPort)]);
    expect(code).not.toBe(0);
    expect(output).toContain('Called AE Title Not Recognized');
  });

  it('is one of eight at the same time, while others connect and say nothing', async () => {
    const silent = Array.from({ length: 16 }, () =>
      connect(system.dicomPort, '127.0.0.1').on('error', () => undefined),
    );
    const series = syntheticSeries(80);
    const callers = await Promise.all(
      Array.from({ length: 8 }, async (_, part) => {
        const caller = newCaller();
        const own = series.filter((_object, index) => index % 8 === part);
        const files = await writeObjectFiles(join(folder, caller), own);
        const outcome = await callTo(system.dicomPort, storescu('-R'), caller, files);
        expect(outcome.code, outcome.output).toBe(0);
        return caller;
      }),
    );
    for (const caller of callers) expect(await associationsOf(system, caller)).toMatchObject([{ ended: released }]);
    for (const socket of silent) socket.destroy();
    expect(await keptOf(system, series[0]?.seriesInstanceUid ?? '')).toHaveLength(80);
  });

  it.each<readonly [string, number, Cut, boolean]>([
    ['in the association request', 100, 'closed', false],
    ['in the association request', 100, 'reset', false],
    ['in the first object', 40_000, 'closed', true],
    ['in the first object', 40_000, 'reset', true],
    ['in the second object', 600_000, 'closed', true],
    ['in the second object', 600_000, 'reset', true],
  ])('whose wire breaks %s, behind byte %i (%s), is told so and can send again', async (_, after, cut, opened) => {
    const objects = newSeries();
    const caller = newCaller();
    const files = await writeObjectFiles(join(folder, caller), objects);
    const wire = await CuttingProxy.listen(system.dicomPort, after, cut);
    const broken = await callTo(wire.port, storescu('-R'), caller, files);
    expect(broken.code).not.toBe(0);
    expect(wire.cuts).toBe(1);
    if (opened) expect(await associationsOf(system, caller)).toMatchObject([{ ended: aborted }]);
    for (const port of [judge.port, wire.port])
      expect((await callTo(port, storescu('-R'), caller, files)).code).toBe(0);
    await wire.close();
    const kept = await keptOf(system, objects[0]?.seriesInstanceUid ?? '');
    expect(dataSetHashes(kept)).toEqual(hashesOf(judge.newFiles()));
  });
});
