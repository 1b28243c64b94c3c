import { join } from 'node:path';
import { syntheticInstance, syntheticUid } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { dataSetsUnder } from '../harness/dcmtk.js';
import { repository } from '../harness/repository.js';
import { send, sendAll, type Sendable } from '../harness/sending.js';
import { standaloneOfTests } from '../harness/standalone-of-tests.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface QuarantineLine {
  readonly position: number;
  readonly sopInstanceUid: string;
  readonly status: string;
  readonly seriesInstanceUid: string | null;
  readonly refusal: string | null;
}

const IMPLICIT_VR = '1.2.840.10008.1.2';
const EXPLICIT_VR = '1.2.840.10008.1.2.1';

// REQ-RECEIVE-16: what was kept aside is taken in once what was wrong is mended, and what was refused is shown.
describe('What was kept aside', () => {
  let folder: string;
  let system: Standalone;

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [{ name: 'export', kind: 'folder', path: join(folder, 'export') }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const lineOf = async (uid: string): Promise<QuarantineLine | undefined> =>
    (await system.waystation.get<readonly QuarantineLine[]>('/api/quarantine?limit=1000')).find(
      ({ sopInstanceUid }) => sopInstanceUid === uid,
    );
  const keptAside = async (object: Sendable): Promise<QuarantineLine> => {
    const [receipt] = await send(system.dicomPort, [object], { callingAeTitle: 'GATEWAY' });
    expect(receipt?.status).not.toBe(0);
    return eventually('the line in quarantine', () => lineOf(object.sopInstanceUid));
  };
  const reinject = (position: number, ...more: readonly string[]) =>
    system.waystation.run('reinject', `${position}`, ...more, '--author', 'r.huber', '--reason', 'mended');
  const whatBecame = (object: Sendable): Promise<QuarantineLine> =>
    eventually('what became of it', async () => {
      const line = await lineOf(object.sopInstanceUid);
      return line?.status === 'reinjecting' || line?.status === 'kept-aside' ? undefined : line;
    });
  const reinjections = async (): Promise<number> => {
    const sql = `select count(*)::int as n from log.event where type = 'instance.reinjected.v1'`;
    const [row] = await asSuperuser<{ n: number }>(await databaseUrlOf(system.dataFolder), sql);
    return row?.n ?? 0;
  };

  it('because C-STORE and data set name different objects is taken in by what its data set says', async () => {
    const image = syntheticInstance();
    const object = { ...image, sopInstanceUid: syntheticUid() };
    const { position } = await keptAside(object);

    expect(await reinject(position)).toMatchObject({ code: 0, stdout: expect.stringContaining('is reinjecting') });
    expect(await whatBecame(object)).toMatchObject({
      status: 'refused-again',
      seriesInstanceUid: null,
      refusal: expect.stringContaining('ingest.uids-disagree'),
    });

    expect((await reinject(position, '--uids-of-data-set')).code).toBe(0);
    const { seriesInstanceUid } = image;
    expect(await whatBecame(object)).toMatchObject({ status: 'reinjected', seriesInstanceUid, refusal: null });
    await system.waystation.deliveries(seriesInstanceUid, 1);
    expect(dataSetsUnder(join(folder, 'export'))).toHaveLength(1);
    const history = await system.waystation.history(seriesInstanceUid);
    const of = (type: string) => history.find((entry): entry is HistoryEntry => entry.type === type);
    expect(of('instance.quarantined.v1')).toBeDefined();
    expect(of('reinjection.requested.v1')?.sentence).toContain('r.huber asked to take');
    expect(of('instance.reinjected.v1')?.data).toMatchObject({ outcome: 'stored' });
    expect(of('series.opened.v1')?.data['source']).toMatchObject({ callingAeTitle: 'GATEWAY', address: '127.0.0.1' });

    const again = await reinject(position, '--uids-of-data-set');
    expect(again.code).not.toBe(0);
    expect(again.stderr).toContain('quarantine.already-reinjected');
    const { stdout } = await system.waystation.run('quarantine');
    expect(stdout).toMatch(new RegExp(`${position} .*reinjected ${seriesInstanceUid}`));
  });

  it('because it is encoded otherwise than it says is taken in as somebody says that it is', async () => {
    const image = syntheticInstance({ transferSyntax: IMPLICIT_VR });
    const { position } = await keptAside({ ...image, transferSyntaxUid: EXPLICIT_VR });
    expect((await reinject(position, '--transfer-syntax', IMPLICIT_VR)).code).toBe(0);
    expect(await whatBecame(image)).toMatchObject({ status: 'reinjected' });
    const history = await system.waystation.history(image.seriesInstanceUid);
    const stored = history.find(({ type }) => type === 'instance.stored.v1');
    expect(stored?.data['transferSyntaxUid']).toBe(IMPLICIT_VR);
  });

  it('is asked for by its position, and nothing else is', async () => {
    expect((await reinject(1)).stderr).toContain('quarantine.unknown');
    expect((await reinject(9_999_999)).stderr).toContain('log.no-such-position');
    const answer = await fetch(`${system.waystation.url}/api/quarantine/1/reinject?author=a&reason=b`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transferSyntaxUid: 'implicit' }),
    });
    expect(answer.status).toBe(400);
  });

  it('is taken in once although Waystation dies when somebody asked for it', async () => {
    const objects = [1, 2, 3].map(() => ({ ...syntheticInstance(), sopInstanceUid: syntheticUid() }));
    const lines = await Promise.all(objects.map(keptAside));
    const before = await reinjections();
    const answers = lines.map(({ position }) =>
      fetch(`${system.waystation.url}/api/quarantine/${position}/reinject?author=test&reason=test`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uidsFrom: 'data-set' }),
      }),
    );
    for (const { status } of await Promise.all(answers)) expect(status).toBe(202);
    await system.program.kill();
    system = await startStandalone(join(folder, 'data'));
    for (const object of objects) expect(await whatBecame(object)).toMatchObject({ status: 'reinjected' });
    expect(await reinjections()).toBe(before + 3);
    for (const { seriesInstanceUid } of objects) {
      const history = await system.waystation.get<readonly HistoryEntry[]>(`/api/series/${seriesInstanceUid}/history`);
      const types = history.map(({ type }) => type);
      expect(types.filter((type) => /^instance\.(stored|duplicated)/.test(type))).toEqual(['instance.stored.v1']);
    }
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true });
  });
});

interface RefusalLine {
  readonly what: string;
  readonly callingAeTitle: string;
  readonly subject: string;
  readonly reason: string;
}

// REQ-RECEIVE-17: whoever is refused is shown, whatever it was refused.
describe('What was refused', () => {
  const standalone = standaloneOfTests();

  const refusals = (...more: readonly string[]): Promise<readonly RefusalLine[]> =>
    standalone.system.waystation.json('refusals', ...more);

  it('is listed: associations, operations and objects', async () => {
    const stranger = { calledAeTitle: 'SOMEBODY', callingAeTitle: 'STRANGER' };
    await expect(send(standalone.system.dicomPort, [syntheticInstance()], stranger)).rejects.toThrow();
    await send(standalone.system.dicomPort, [{ ...syntheticInstance(), sopInstanceUid: '../../etc/passwd' }]);
    await sayFind(standalone.system.dicomPort, 3);
    await sendAll(standalone.system.dicomPort, [syntheticInstance()]);
    const lines = await eventually('three refusals', async () => {
      const found = await refusals();
      return found.length >= 3 ? found : undefined;
    });
    expect(lines).toMatchObject([
      { what: 'operation', subject: 'C-FIND', reason: expect.stringContaining('0x0211') },
      { what: 'object', callingAeTitle: 'SCANNER', subject: '../../etc/passwd' },
      { what: 'association', callingAeTitle: 'STRANGER', subject: 'SOMEBODY' },
    ]);
    expect(await refusals('--what', 'association', '--from', 'STRANGER')).toHaveLength(1);
    expect(await refusals('--from', 'NOBODY')).toEqual([]);
    const { stdout } = await standalone.system.waystation.run('refusals');
    expect(stdout).toMatch(/STRANGER\s+127\.0\.0\.1\s+association\s+SOMEBODY/);
    const ended = await asSuperuser<{ data: { refusedOperations?: number } }>(
      await databaseUrlOf(standalone.system.dataFolder),
      `select data from log.event where type = 'association.released.v1' and data -> 'refusedOperations' is not null`,
    );
    expect(ended.map(({ data }) => data.refusedOperations)).toEqual([3]);
  });
});

/** An association in which somebody asks for C-FIND so many times, and releases. */
const sayFind = async (port: number, times: number): Promise<void> => {
  const load = (name: string) => import(join(repository, 'tools/torture/input', name)) as Promise<Speaking>;
  const [{ associateRequest, context, command, echoElements, releaseRequest, us, CT, EXPLICIT }, { speak }] =
    await Promise.all([load('encode.mjs'), load('speak.mjs')]);
  const finds = Array.from({ length: times }, (_, number) =>
    command(1, new Map([...echoElements(number + 1), [0x0100, us(0x0020)]])),
  );
  await speak(port, [associateRequest({ contexts: [context(1, CT, EXPLICIT)] }), ...finds, releaseRequest()]);
};

interface Speaking {
  readonly associateRequest: (options: { contexts: readonly Buffer[] }) => Buffer;
  readonly context: (id: number, abstractSyntax: string, transferSyntax: string) => Buffer;
  readonly command: (id: number, elements: ReadonlyMap<number, Buffer>) => Buffer;
  readonly echoElements: (messageId: number) => ReadonlyMap<number, Buffer>;
  readonly releaseRequest: () => Buffer;
  readonly us: (value: number) => Buffer;
  readonly CT: string;
  readonly EXPLICIT: string;
  readonly speak: (port: number, chunks: readonly Buffer[]) => Promise<unknown>;
}
