import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendAll } from '../harness/sending.js';
import {
  databaseUrlOf,
  launchStandalone,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { filesThatSay, tablesThatSay } from '../harness/traces.js';
import { eventually } from '../harness/waystation.js';

interface Line {
  readonly seriesInstanceUid: string;
  readonly patient: string;
}
interface ForgetAnswer {
  readonly dryRun: boolean;
  readonly keysDestroyed?: number;
  readonly patients: readonly {
    readonly pseudonym: string;
    readonly keys: number;
    readonly forgottenAt: string | null;
    readonly series: readonly { readonly seriesInstanceUid: string; readonly objects: readonly string[] }[];
    readonly otherSeriesOfStudies: readonly string[];
  }[];
}

// REQ-PRIVACY-1, REQ-PRIVACY-2, REQ-PRIVACY-3, REQ-PRIVACY-4: who a patient is, is sealed, found, opened, forgotten.
describe('Who a patient is', () => {
  const study = '1.2.826.0.1.3680043.10.1.83712';
  const zelda = { patientName: 'Quixworthy^Zelda', patientId: 'PAT-83712', accessionNumber: 'ACC-99315' };
  const secrets = ['Quixworthy', 'QUIXWORTHY', 'quixworthy', 'Zelda', 'PAT-83712', 'ACC-99315', 'Wimplebury'];
  const series = {
    zelda: syntheticSeries(3, { ...zelda, studyInstanceUid: study }),
    zeldaAgain: syntheticSeries(1, { ...zelda, overrides: { IssuerOfPatientID: 'NORTH' } }),
    nameless: syntheticSeries(1, {
      studyInstanceUid: study,
      patientName: 'Wimplebury^Ann',
      overrides: { PatientID: null },
    }),
    other: syntheticSeries(1, { patientName: 'Other^Olga', patientId: 'PAT-1' }),
  };
  const later = syntheticSeries(1, zelda);
  const uidOf = ([first]: readonly SyntheticInstance[]): string => first?.seriesInstanceUid ?? '';
  let folder: string;
  let system: Standalone;
  let said = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_LOG_LEVEL: 'debug' });
    const { waystation } = system;
    await waystation.json('config', 'quiet-period', '1');
    await waystation.json('target', 'add', 'export', '--kind', 'folder', '--path', join(folder, 'export'));
    const when = "@PatientName@.startswith('Qu') and @PatientID@ != '' or @AccessionNumber@ == 'nothing'";
    await waystation.json('rule', 'add', 'by name', '--when', when, '--to', 'export');
    await sendAll(system.dicomPort, Object.values(series).flat());
    await eventually('all decisions', async () => {
      const lines = await waystation.get<readonly { outcome: string | null }[]>('/api/series');
      return lines.length === 4 && lines.every(({ outcome }) => outcome !== null) ? lines : undefined;
    });
    await waystation.deliveries(uidOf(series.zelda), 1);
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const found = async (...options: readonly string[]): Promise<readonly string[]> =>
    (await system.waystation.json<readonly Line[]>('series', ...options)).map(
      ({ seriesInstanceUid }) => seriesInstanceUid,
    );
  const restart = async (env: NodeJS.ProcessEnv): Promise<void> => {
    await system.program.stop();
    said += system.program.output;
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_LOG_LEVEL: 'debug', ...env });
  };
  const expectNoTrace = async (): Promise<void> => {
    expect(await tablesThatSay(await databaseUrlOf(system.dataFolder), secrets)).toEqual([]);
    expect(filesThatSay(system.dataFolder, secrets, ['objects'])).toEqual([]);
    expect(secrets.filter((secret) => (said + system.program.output).includes(secret))).toEqual([]);
  };

  it('decides where a series goes', async () => {
    expect(await found('--outcome', 'routed')).toEqual(
      expect.arrayContaining([uidOf(series.zelda), uidOf(series.zeldaAgain)]),
    );
    expect(await found('--outcome', 'unmatched')).toHaveLength(2);
  });

  it('is told to those who ask', async () => {
    const [opened] = (await system.waystation.history(uidOf(series.zelda))).filter(
      ({ type }) => type === 'series.opened.v1',
    );
    expect(opened?.sentence).toContain('; patient Quixworthy^Zelda (PAT-83712)');
    expect(opened?.data['identity']).toMatchObject({ PatientName: 'Quixworthy^Zelda', AccessionNumber: 'ACC-99315' });
    const { state } = await system.waystation.json<{ state: { identity: unknown } }>('replay', uidOf(series.zelda));
    expect(state.identity).toMatchObject({ PatientID: 'PAT-83712' });
    const { stdout } = await system.waystation.run('series');
    expect(stdout).toContain('Wimplebury^Ann');
  });

  it('finds series: by exact Patient ID, by words of the name', async () => {
    const both = [uidOf(series.zelda), uidOf(series.zeldaAgain)].toSorted();
    expect((await found('--patient-id', 'PAT-83712')).toSorted()).toEqual(both);
    expect(await found('--patient-id', 'PAT-83712', '--issuer', 'NORTH')).toEqual([uidOf(series.zeldaAgain)]);
    expect((await found('--patient-name', 'zelda quixworthy')).toSorted()).toEqual(both);
    expect(await found('--patient-name', 'wimplebury', '--study', study)).toEqual([uidOf(series.nameless)]);
    expect(await found('--patient-id', 'PAT-8371')).toEqual([]);
    expect(await found('--patient-name', 'Quixworthy Olga')).toEqual([]);
  });

  it('is nowhere in clear, but in the objects themselves', async () => {
    await expectNoTrace();
    expect(filesThatSay(system.dataFolder, secrets)).not.toEqual([]);
    expect(await tablesThatSay(await databaseUrlOf(system.dataFolder), ['Synthetic Scanners'])).toContain('log.event');
    expect(filesThatSay(join(system.dataFolder, 'postgres'), ['Synthetic Scanners'])).not.toEqual([]);
  });

  it('survives that the key is changed', async () => {
    const [oldKey, newKey] = [join(folder, 'data', 'identity.key'), join(folder, 'new.key')];
    await writeFile(newKey, randomBytes(32).toString('hex'), { mode: 0o600 });
    const before = await system.waystation.history(uidOf(series.zelda));
    await restart({ WAYSTATION_IDENTITY_KEY_FILE: newKey, WAYSTATION_IDENTITY_PREVIOUS_KEY_FILE: oldKey });
    const why = ['--author', 'r.huber', '--reason', 'yearly change'];
    expect(await system.waystation.json('rotate-identity-key', ...why)).toMatchObject({ rewrapped: 5 });
    expect(await system.waystation.json('rotate-identity-key', ...why)).toMatchObject({ rewrapped: 0 });
    expect(await system.waystation.json('events', '--type', 'identity.key-rotated')).toMatchObject([
      { subject: 'log', authid: 'r.huber', data: { author: 'r.huber', reason: 'yearly change' } },
    ]);
    await restart({ WAYSTATION_IDENTITY_KEY_FILE: newKey });
    expect(await system.waystation.history(uidOf(series.zelda))).toEqual(before);
    expect(await found('--patient-id', 'PAT-83712', '--issuer', 'NORTH')).toEqual([uidOf(series.zeldaAgain)]);
  });

  it('keeps Waystation from starting with a key that does not fit, which it names', async () => {
    await system.program.stop();
    for (const [env, sentence] of [
      [{}, /the keys of patients are wrapped by key \w{16}, and identity.keyFile \(WAYSTATION_IDENTITY_KEY_FILE\)/],
      [{ WAYSTATION_IDENTITY_KEY: 'hush' }, /identity.key \(WAYSTATION_IDENTITY_KEY\) holds 4 characters/],
      [{ WAYSTATION_IDENTITY_KEY_FILE: join(folder, 'none.key') }, /none.key cannot be read: ENOENT/],
    ] as const) {
      const refused = launchStandalone(join(folder, 'data'), env);
      expect(await refused.end()).toBe(1);
      expect(refused.output).toMatch(sentence);
    }
    await restart({ WAYSTATION_IDENTITY_KEY_FILE: join(folder, 'new.key') });
  });

  it('is not forgotten by asking what would be', async () => {
    const before = await system.waystation.history(uidOf(series.zelda));
    const answer = await system.waystation.json<ForgetAnswer>('forget', 'PAT-83712', '--issuer', '', '--dry-run');
    expect(answer).toMatchObject({ dryRun: true, patients: [{ keys: 1, forgottenAt: null }] });
    expect(answer.patients[0]?.series).toMatchObject([{ seriesInstanceUid: uidOf(series.zelda) }]);
    expect(answer.patients[0]?.series[0]?.objects).toHaveLength(3);
    expect(answer.patients[0]?.otherSeriesOfStudies).toEqual([uidOf(series.nameless)]);
    expect(await system.waystation.history(uidOf(series.zelda))).toEqual(before);
  });

  it.each([
    ['without a reason', ['PAT-83712'], 'needs a reason'],
    ['for a reason that says who it is', ['PAT-83712', '--reason', 'PAT-83712 asked'], 'names the Patient ID'],
    ['where several have the Patient ID', ['PAT-83712', '--reason', 'r'], '2 issuers gave this Patient ID'],
    ['where nobody is named', ['--reason', 'r'], 'expected either a Patient ID or --study'],
  ])('is not forgotten %s', async (_, args, sentence) => {
    const { code, stderr } = await system.waystation.run('forget', ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(await found('--patient-id', 'PAT-83712')).toHaveLength(2);
  });

  it('is forgotten when somebody asks for it, and it is said what is not erased', async () => {
    const { code, stdout } = await system.waystation.run(
      ...['forget', 'PAT-83712', '--issuer', '', '--reason', 'request 117', '--author', 'r.huber'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('forgotten: 1 key destroyed');
    expect(stdout).toContain('NOT erased: 3 DICOM objects, which still say who the patient is');
    expect(stdout.match(/^ {2}(objects|segments)\S+$/gm)).toHaveLength(3);
    const everyIssuer = ['forget', 'PAT-83712', '--every-issuer', '--reason', 'request 117'];
    expect(await system.waystation.json(...everyIssuer)).toMatchObject({ keysDestroyed: 1 });
    const nobody = ['forget', '--study', study, '--reason', 'request 117'];
    expect(await system.waystation.json(...nobody)).toMatchObject({ keysDestroyed: 1 });
  });

  it('is forgotten everywhere, and the log still verifies', async () => {
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true, problems: [] });
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true, timers: 0 });
    expect(await found('--patient-id', 'PAT-83712')).toEqual([]);
    expect(await found('--patient-name', 'Quixworthy')).toEqual([]);
    expect(await found('--patient-name', 'Wimplebury')).toEqual([]);
    expect((await found()).toSorted()).toEqual(Object.values(series).map(uidOf).toSorted());
    for (const uid of [series.zelda, series.zeldaAgain, series.nameless].map(uidOf)) {
      const history = await system.waystation.history(uid);
      expect(history.find(({ type }) => type === 'series.opened.v1')).toMatchObject({
        sentence: expect.stringContaining('; patient (forgotten)') as unknown,
        data: { identity: '(forgotten)' },
      });
      expect(history.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['identity.erasure-requested.v1', 'identity.forgotten.v1']),
      );
      expect(secrets.filter((secret) => JSON.stringify(history).includes(secret))).toEqual([]);
      const opened = history.find(({ type }) => type === 'series.opened.v1')?.id ?? '';
      const past = await system.waystation.json<{ state: { identity: unknown } }>('replay', uid, '--at', opened);
      expect(past.state.identity).toBe('(forgotten)');
    }
    await expectNoTrace();
  });

  it('is known to the log as somebody for whose sake it was done', async () => {
    const { patients } = await system.waystation.json<ForgetAnswer>(
      ...['forget', 'PAT-83712', '--issuer', '', '--dry-run'],
    );
    expect(patients).toMatchObject([{ keys: 0, forgottenAt: expect.stringMatching(/^\d{4}-/) as unknown }]);
    const history = await system.waystation.history(`patient/${patients[0]?.pseudonym}`);
    expect(history.map(({ type, authid, data }) => [type, authid, data['author'], data['reason']])).toEqual([
      ['identity.erasure-requested.v1', 'r.huber', 'r.huber', 'request 117'],
      ['identity.forgotten.v1', 'waystation', 'r.huber', 'request 117'],
    ]);
  });

  it('is forgotten once: asking again changes nothing', async () => {
    const again = ['forget', 'PAT-83712', '--issuer', '', '--reason', 'once more'];
    expect(await system.waystation.json(...again)).toMatchObject({ keysDestroyed: 0, patients: [{ keys: 0 }] });
    const { stdout } = await system.waystation.run('forget', 'PAT-NONE', '--reason', 'a slip of the finger');
    expect(stdout).toContain('nothing is known of this patient');
  });

  it('stays known of everybody else, and of a patient who comes back', async () => {
    expect(await found('--patient-name', 'Olga')).toEqual([uidOf(series.other)]);
    await sendAll(system.dicomPort, later);
    await eventually('the new series', async () => {
      const lines = await system.waystation.json<readonly Line[]>('series', '--patient-id', 'PAT-83712');
      return lines.length === 1 ? lines : undefined;
    });
    expect(await found('--patient-name', 'zelda')).toEqual([uidOf(later)]);
    const lines = await system.waystation.json<readonly Line[]>('series');
    expect(lines.find(({ seriesInstanceUid }) => seriesInstanceUid === uidOf(later))?.patient).toBe(
      'Quixworthy^Zelda (PAT-83712)',
    );
    expect(lines.find(({ seriesInstanceUid }) => seriesInstanceUid === uidOf(series.zelda))?.patient).toBe(
      '(forgotten)',
    );
    await expectNoTrace();
  });
});
