import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetsUnder, echoscu } from '../harness/dcmtk.js';
import { sendAll } from '../harness/sending.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface Problem {
  readonly severity: string;
  readonly path: string;
  readonly problem: string;
}

// REQ-CONFIG-1, REQ-CONFIG-2, REQ-CONFIG-3, REQ-CONFIG-4: from a file to every service, and back.
describe('A configuration', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  const path = (name: string): string => join(folder, name);
  const file = async (name: string, content: object): Promise<string> => {
    await writeFile(path(name), JSON.stringify(content));
    return path(name);
  };
  const folderTarget = (name: string): object => ({ kind: 'folder', name, path: path(name) });
  const rule = { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['first'] };
  const base = () => ({
    $schema: './configuration.schema.json',
    completion: { quietPeriodSeconds: 1 },
    targets: [folderTarget('first')],
    rules: [rule],
  });

  beforeAll(async () => {
    folder = await temporaryFolder();
    substrate = await createSubstrate();
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
  });

  afterAll(async () => {
    await services?.stop();
    await substrate?.remove();
    await removeFolder(folder);
  });

  /** Sends a series and waits until it is delivered; answers with the target. */
  const sentTo = async (series: readonly SyntheticInstance[]): Promise<string | undefined> => {
    await sendAll(services.one('ingest').dicomPort, series);
    const [line] = await services.waystation.deliveries(series[0]?.seriesInstanceUid ?? '', 1);
    return line?.target;
  };
  const strangerIsTaken = async (): Promise<boolean> =>
    (await echoscu(services.one('ingest').dicomPort, '-aet', 'STRANGER')) === 0;
  const subscriptions = async (): Promise<readonly string[]> =>
    (await services.waystation.json<readonly { name: string }[]>('subscription', 'list')).map(({ name }) => name);

  it('is checked in a file, and everything that is wrong with it is found at once', async () => {
    const bad = await file('bad.json', {
      rulez: [],
      targets: [{ ...folderTarget('first'), path: 'relative' }],
      notificationChannels: [
        { kind: 'webhook', name: 'pager', url: 'https://pager.example', headers: { Authorization: 'Bearer x' } },
      ],
      applicationEntities: [{ aeTitle: 'RESEARCH' }],
      rules: [
        { ...rule, condition: "@Modality@ = 'CT'", targets: ['first', 'frist'] },
        { ...rule, name: 'Tell', action: 'notify', targets: [], notifications: [{ channels: ['pagr'] }] },
        { ...rule, name: 'Study', ordered: true, calledAeTitles: ['RESAERCH'] },
      ],
    });
    const { code, stdout } = await services.waystation.run('config', 'check', bad, '--json');
    expect(code).toBe(1);
    const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: readonly Problem[] };
    expect(ok).toBe(false);
    expect(problems.map((problem) => problem.path).toSorted()).toEqual(
      [
        '',
        'notificationChannels.pager.headers.Authorization',
        'rules.CT.condition',
        'rules.CT.targets',
        'rules.Study.calledAeTitles',
        'rules.Study.ordered',
        'rules.Tell.notifications',
        'targets.first.path',
      ].toSorted(),
    );
    const people = await services.waystation.run('config', 'check', bad);
    expect(people.stdout).toContain("error: rules.CT.targets: there is no target 'frist': did you mean 'first'?");
    expect(people.stdout).toContain('it can not be published');
    const refused = await services.waystation.run('config', 'publish', bad);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('rules.CT.condition: = does not compare'),
    ]);
    expect(await services.waystation.json('config', 'versions')).toEqual([]);
  });

  it('is published from a file with an author and a reason, and followed', async () => {
    const published = await file('first.json', base());
    const order = ['config', 'publish', published, '--author', 'huber', '--reason', 'go live'];
    expect(await services.waystation.json(...order)).toMatchObject({ version: 1, warnings: [] });
    expect(await sentTo(syntheticSeries(1, { modality: 'CT' }))).toBe('first');
    expect(await strangerIsTaken()).toBe(true);
  });

  it('tells where another one differs before it is published, and then every service follows it', async () => {
    const { waystation } = services;
    const second = await file('second.json', {
      ...base(),
      targets: [folderTarget('first'), folderTarget('second')],
      rules: [{ ...rule, targets: ['second'] }],
      senders: [{ aeTitle: 'STRANGER', user: { name: 'stranger' } }],
      subscriptions: [{ name: 'lake', url: 'http://127.0.0.1:9/events', disabled: true }],
    });
    const { stdout } = await waystation.run('config', 'diff', second);
    expect(stdout.split('\n').map((line) => line.split('  ')[0])).toEqual([
      '~ rules.CT.targets',
      '+ targets.second',
      '+ senders.STRANGER',
      '+ subscriptions.lake',
      '',
    ]);
    await waystation.json(
      'config',
      'publish',
      second,
      '--based-on',
      '1',
      '--author',
      'huber',
      '--reason',
      'new archive',
    );
    expect(await sentTo(syntheticSeries(1, { modality: 'CT' }))).toBe('second');
    await eventually('the receiver to refuse strangers', async () => ((await strangerIsTaken()) ? undefined : true));
    expect(await subscriptions()).toEqual(['lake']);
    const outdated = await waystation.run('config', 'publish', path('first.json'), '--based-on', '1');
    expect([outdated.code, outdated.stderr]).toEqual([1, expect.stringContaining('(configuration.outdated)')]);
  });

  it('keeps a target that rules name', async () => {
    const { code, stderr } = await services.waystation.run('target', 'remove', 'second');
    expect(code).toBe(1);
    expect(stderr).toBe(
      "the target 'second' stays: the rule 'CT' names it; change that rule first, or both in one document (configuration.target-in-use)\n",
    );
  });

  it('goes back to what it was, as a new version, and every service follows', async () => {
    const { waystation } = services;
    const back = ['config', 'rollback', '1', '--author', 'keller', '--reason', 'the new archive is not ready'];
    expect(await waystation.json(...back)).toMatchObject({ version: 3 });
    const [first, third] = await Promise.all(
      ['1', '3'].map((version) => waystation.json<{ document: object }>('config', 'show', '--version', version)),
    );
    expect(third?.document).toEqual(first?.document);
    expect(await sentTo(syntheticSeries(1, { modality: 'CT' }))).toBe('first');
    await eventually('the receiver to take strangers', async () => ((await strangerIsTaken()) ? true : undefined));
    expect(await subscriptions()).toEqual([]);
    expect([dataSetsUnder(path('first')).length, dataSetsUnder(path('second')).length]).toEqual([2, 1]);
  });

  it('has a history that says who changed what, when and why', async () => {
    const { waystation } = services;
    const versions = await waystation.json<readonly object[]>('config', 'versions');
    expect(versions).toMatchObject([
      { version: 3, author: 'keller', reason: 'the new archive is not ready', rolledBackTo: 1 },
      { version: 2, author: 'huber', reason: 'new archive', rolledBackTo: null },
      { version: 1, author: 'huber', reason: 'go live' },
    ]);
    const told = (await waystation.json<readonly HistoryEntry[]>('history', 'configuration')).map(
      ({ sentence }) => sentence,
    );
    expect(told.at(-2)).toBe(
      'configuration 2 published by huber: new archive (rules.CT.targets changed, targets.second added, senders.STRANGER added, subscriptions.lake added)',
    );
    expect(told.at(-1)).toMatch(/^configuration 3 published by keller, as configuration 1 was: the new archive is not/);
    expect((await waystation.run('config', 'versions')).stdout).toContain('back to 1: rules.CT.targets changed');
    expect((await waystation.run('config', 'diff', '1', '3')).stdout).toBe('they are the same\n');
  });

  it('has rules that a file can be asked about, in force or not', async () => {
    const { waystation } = services;
    for (const modality of ['CT', 'MR'] as const)
      await writeFile(path(`${modality}.dcm`), syntheticSeries(1, { modality })[0]?.part10 ?? '');
    const inForce = await waystation.run('rules', 'test', path('CT.dcm'));
    expect([inForce.code, inForce.stdout]).toEqual([0, expect.stringContaining('CT.dcm: goes to first')]);
    expect(inForce.stdout).toContain("rule 'CT': MATCHED");
    const missed = await waystation.run('rules', 'test', path('MR.dcm'));
    expect([missed.code, missed.stdout]).toEqual([1, expect.stringContaining("@Modality@  →  'MR'")]);
    const draft = await file('draft.json', { ...base(), rules: [{ ...rule, calledAeTitles: ['RESEARCH'] }] });
    const ask = ['rules', 'test', path('CT.dcm'), '--config', draft];
    expect((await waystation.run(...ask)).code).toBe(1);
    expect((await waystation.run(...ask, '--called-ae', 'RESEARCH')).code).toBe(0);
    const noDicom = await waystation.run('rules', 'test', draft);
    expect([noDicom.code, noDicom.stderr]).toEqual([1, expect.stringContaining('(cli.no-dicom)')]);
  });
});
