import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { readFileMeta } from '@waystation/dicom';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, freePort } from '../harness/dcmtk.js';
import { childrenOf, processesWith } from '../harness/processes.js';
import { Program } from '../harness/program.js';
import { send } from '../harness/sending.js';
import {
  launchStandalone,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

/** Enough that a stop comes in the middle, whatever the machine. */
const MANY = 250;

// REQ-START-1, REQ-START-2, REQ-START-3, REQ-RECEIVE-4: what was acknowledged survives every way to stop.
describe('A Waystation that is started, stopped and started again', () => {
  let folder: string;
  let system: Standalone;
  const data = (): string => join(folder, 'data');
  const exported = (): string => join(folder, 'export');

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(data());
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const startAgain = async (env: NodeJS.ProcessEnv = {}): Promise<void> => {
    system = await startStandalone(data(), env);
  };

  /** UIDs of the objects of a series that the log knows. */
  const kept = async (seriesInstanceUid: string): Promise<readonly string[]> => {
    const { state } = await system.waystation.json<{ state: { instances: object } }>('replay', seriesInstanceUid);
    return Object.keys(state.instances);
  };

  const delivered = (): readonly string[] =>
    filesUnder(exported()).map((path) => readFileMeta(readFileSync(path)).sopInstanceUid ?? '');

  /** Sends a series and does something when some of it is acknowledged; the UIDs that were acknowledged in the end. */
  const interruptedBy = async (
    series: readonly SyntheticInstance[],
    interrupt: () => Promise<unknown>,
  ): Promise<readonly string[]> => {
    const acknowledged: string[] = [];
    let interruption: Promise<unknown> | undefined;
    await send(system.dicomPort, series, {
      onReceipt: ({ sopInstanceUid, status }) => {
        if (status === 0) acknowledged.push(sopInstanceUid);
        if (acknowledged.length === 20) interruption = interrupt();
      },
    }).catch(() => undefined);
    await interruption;
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    return acknowledged;
  };

  it('says where it listens, what is in force and what to type next', () => {
    const { output } = system.program;
    const { dicomPort, waystation } = system;
    expect(output).toContain(`DICOM   127.0.0.1:${dicomPort}, called AE title WAYSTATION`);
    expect(output).toContain(`HTTP    ${waystation.url}/api/docs`);
    expect(output).toContain(`data    ${data()}`);
    expect(output).toContain('configuration 0, a series is complete after 60 s');
    expect(output).toContain('targets: none yet');
    expect(output).toContain('rules: none yet');
    expect(output).toContain(`echoscu 127.0.0.1 ${dicomPort} -aec WAYSTATION`);
    expect(output).toContain(`npx waystation series --url ${waystation.url}`);
  });

  it('keeps a second one off its data folder, which says who is there', async () => {
    const second = launchStandalone(data());
    expect(await second.end()).toBe(1);
    expect(second.output).toContain(`process ${system.program.pid} already works on ${data()}`);
    expect(system.program.running).toBe(true);
    expect(await system.waystation.get('/health/ready')).toMatchObject({ status: 'ok' });
  });

  it('completes and delivers after the start what was waiting to become quiet at the stop', async () => {
    const { waystation } = system;
    await waystation.publish({
      completion: { quietPeriodSeconds: 3 },
      targets: [{ name: 'export', kind: 'folder', path: exported() }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
    const series = syntheticSeries(3);
    const seriesInstanceUid = series[0]?.seriesInstanceUid ?? '';
    await send(system.dicomPort, series);
    const { state } = await waystation.get<{ state: object }>(`/api/series/${seriesInstanceUid}/replay`);
    expect(state).toMatchObject({ status: 'receiving', completions: [] });
    expect(await system.program.stop()).toBe(0);
    expect(await processesWith(data())).toEqual([]);
    await startAgain();
    expect(system.program.output).toContain('export: ' + exported());
    await system.waystation.deliveries(seriesInstanceUid, 1);
    expect(delivered().toSorted()).toEqual(series.map(({ sopInstanceUid }) => sopInstanceUid).toSorted());
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'loses nothing acknowledged when %s comes while it receives',
    async (signal) => {
      const series = syntheticSeries(MANY);
      const acknowledged = await interruptedBy(series, async () => {
        expect(await system.program.stop(signal)).toBe(0);
      });
      expect(await processesWith(data())).toEqual([]);
      await startAgain();
      const found = await kept(series[0]?.seriesInstanceUid ?? '');
      expect(acknowledged.filter((uid) => !found.includes(uid))).toEqual([]);
    },
  );

  it('answers a storescu under way before it stops, or breaks off behind an answer', async () => {
    const series = syntheticSeries(MANY);
    const sent = join(folder, 'sent');
    await mkdir(sent);
    for (const [index, { part10 }] of series.entries())
      await writeFile(join(sent, `${String(index).padStart(4, '0')}.dcm`), part10);
    const args = [
      '-v',
      '-R',
      '-aec',
      'WAYSTATION',
      '127.0.0.1',
      String(system.dicomPort),
      ...filesUnder(sent).toSorted(),
    ];
    const sender = Program.start('storescu', 'storescu', args, { ...process.env, TCP_NODELAY: '1' });
    await sender.says(/Received Store Response \(Success\)/);
    expect(await system.program.stop()).toBe(0);
    await sender.end();
    const answers = sender.output.match(/Received Store Response \(Success\)/g) ?? [];
    expect(sender.output).not.toMatch(/Received Store Response \((?!Success)/);
    await startAgain();
    const found = await kept(series[0]?.seriesInstanceUid ?? '');
    const acknowledged = series.slice(0, answers.length).map(({ sopInstanceUid }) => sopInstanceUid);
    expect(acknowledged.filter((uid) => !found.includes(uid))).toEqual([]);
  });

  it('loses nothing acknowledged when it is killed, and goes on where it was', async () => {
    const series = syntheticSeries(MANY);
    const acknowledged = await interruptedBy(series, () => system.program.kill());
    await startAgain();
    const seriesInstanceUid = series[0]?.seriesInstanceUid ?? '';
    const found = await kept(seriesInstanceUid);
    expect(acknowledged.filter((uid) => !found.includes(uid))).toEqual([]);
    await system.waystation.deliveries(seriesInstanceUid, 1);
    const there = delivered();
    expect(found.filter((uid) => !there.includes(uid))).toEqual([]);
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
  });

  it.each([
    ['makes its database', 'new', 'postgres.initialising'],
    ['starts its database', 'data', 'postgres/postmaster.pid'],
  ])('leaves nothing running when it is told to stop while it %s', async (_, where, sign) => {
    await system.program.stop();
    const dataFolder = join(folder, where);
    const program = launchStandalone(dataFolder);
    await eventually(sign, () => Promise.resolve(existsSync(join(dataFolder, sign)) || undefined));
    expect(await program.stop()).toBe(0);
    expect(await processesWith(dataFolder)).toEqual([]);
  });

  it('ends loudly where its receivers run apart and end', async () => {
    await system.program.stop();
    await startAgain({ WAYSTATION_RECEIVERS: '2' });
    const [supervisor] = await childrenOf(system.program.pid, 'ingest');
    process.kill(supervisor ?? Number.NaN, 'SIGTERM');
    expect(await system.program.end()).toBe(1);
    expect(system.program.output).toContain('the receivers ended');
    expect(await processesWith(data())).toEqual([]);
  });

  describe('where a port is taken', () => {
    let blocker: Server;
    let port: number;

    beforeAll(async () => {
      await system.program.stop();
      port = await freePort();
      blocker = createServer();
      await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    });

    afterAll(async () => {
      await new Promise((resolve) => blocker.close(resolve));
    });

    it.each([
      ['DICOM', 'WAYSTATION_DICOM_PORT'],
      ['HTTP', 'WAYSTATION_HTTP_PORT'],
    ])('for %s ends with 1, names the port and the setting, and leaves nothing running', async (what, setting) => {
      const program = launchStandalone(data(), { [setting]: String(port) });
      expect(await program.end()).toBe(1);
      expect(program.output).toContain(`${what} cannot listen on 127.0.0.1:${port}: the port is taken`);
      expect(program.output).toContain(setting);
      expect(await processesWith(data())).toEqual([]);
    });
  });
});
