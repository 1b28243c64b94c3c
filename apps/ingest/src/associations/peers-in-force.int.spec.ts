import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationDecider } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { ConfigurationDocument, streamName } from '@waystation/events';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PeersInForce } from './peers-in-force.js';

const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const database = `ingest_${randomUUID().replaceAll('-', '')}`;
const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
let log: EventLog;
let commands: CommandHandler;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-peers-'));
  await server.connect();
  await server.query(`create database ${database}`);
  await migrate(url);
  log = await EventLog.open({ url, applicationName: 'ingest-spec' });
  commands = new CommandHandler(log, 'ingest');
});
afterAll(async () => {
  await log.close();
  await server.query(`drop database ${database} with (force)`);
  await server.end();
  await rm(folder, { recursive: true });
});

const publish = (...senders: readonly object[]) => publishDocument({ senders });
const publishDocument = (document: object) =>
  commands.handle(configurationDecider, streamName.configuration, {
    kind: 'publish-configuration',
    document: ConfigurationDocument.parse(document),
    author: 'r.huber',
    reason: 'a test',
    knownTags: [],
  });
const noWarning = (sentence: string): void => expect.fail(sentence);
const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('follows the configuration, and the passcodes in their files', async () => {
  const passcodeFile = join(folder, 'passcode');
  await writeFile(passcodeFile, 'open sesame\n');
  await publish({ aeTitle: 'CT1 ', user: { name: 'ct1', passcodeFile } });
  const peers = await PeersInForce.follow(commands, noWarning);
  try {
    expect(peers.sender('CT1')?.passcode?.toString()).toBe('open sesame');
    expect(peers.sender('MR1')).toBeUndefined();
    await publish({ aeTitle: 'CT1', user: { name: 'ct1', passcodeFile } }, { aeTitle: 'MR1' });
    await writeFile(passcodeFile, 'changed');
    await eventually(() => peers.sender('MR1') !== undefined);
    await eventually(() => peers.sender('CT1')?.passcode?.toString() === 'changed');
    await rm(passcodeFile);
    await eventually(() => peers.sender('CT1')?.passcode === undefined);
    expect(peers.sender('CT1')?.sender.user?.passcodeFile).toBe(passcodeFile);
  } finally {
    peers.stop();
  }
});

it('follows the titles that we are called by', async () => {
  await publish();
  const peers = await PeersInForce.follow(commands, noWarning);
  try {
    expect(peers.called('RESEARCH')).toBe('accept');
    await publishDocument({ applicationEntities: [{ aeTitle: 'RESEARCH', sopClasses: ['1.2.3'] }] });
    await eventually(() => peers.called('WAYSTATION') === 'refuse');
    expect(peers.called('RESEARCH ')).toMatchObject({ aeTitle: 'RESEARCH', sopClasses: ['1.2.3'] });
  } finally {
    peers.stop();
  }
});

it('does not begin without having read it', async () => {
  const closed = await EventLog.open({ url, applicationName: 'ingest-spec' });
  await closed.close();
  await expect(PeersInForce.follow(new CommandHandler(closed, 'ingest'), noWarning)).rejects.toThrow();
});
