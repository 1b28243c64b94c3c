import { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '@waystation/object-store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { HistoryWriter } from '../../test/write-history.js';
import { bundleStudy } from '../bundle/bundle-study.js';
import { Explain } from '../explain/explain.js';
import { Rebuild } from '../rebuild/rebuild.js';
import { TellHistory } from '../tell-history/tell-history.js';
import { TimeTravel } from './time-travel.js';

let audited: AuditedLog;
beforeEach(async () => {
  audited = await auditedLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await audited[Symbol.asyncDispose]();
});

/** Also of those whose error somebody swallowed. */
const attempts: string[] = [];
const forbidden = (what: string) => (): never => {
  attempts.push(what);
  throw new Error(`a replay must not ${what}`);
};

/** An object store that lets nobody at it. */
const noObjects = new Proxy({} as ObjectStore, {
  get: (_, name) => forbidden(`use the object store (${String(name)})`),
});

type Connect = (this: Socket, ...args: unknown[]) => Socket;

/** From here on whatever could have an effect throws: appends, connections except to the database, HTTP. */
const forbidEffects = ({ log, url }: AuditedLog): void => {
  vi.spyOn(log, 'append').mockImplementation(forbidden('append'));
  vi.spyOn(globalThis, 'fetch').mockImplementation(forbidden('fetch'));
  const { port } = new URL(url);
  const { value: connect } = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect') as { value: Connect };
  const onlyDatabase: Connect = function (...args) {
    if (!JSON.stringify(args).includes(port)) forbidden(`connect to ${JSON.stringify(args)}`)();
    return connect.apply(this, args);
  };
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(onlyDatabase as never);
};

it('Nothing that looks back has an effect: it appends, connects, sends and stores nothing', async () => {
  const { log, views, project, identities, url } = audited;
  const writer = new HistoryWriter(log);
  await writer.openAssociation('a');
  await writer.publish();
  for (const number of [1, 2, 3]) await writer.receive(0, 1, number, { association: 'a' });
  await writer.addToStudy(0, 1);
  const [pacs = '', disk = ''] = await writer.route(1, (await writer.complete(1)) ?? 0);
  await writer.attempt(pacs, 'failure');
  await writer.attempt(disk, 'success');
  await writer.receive(0, 1, 4, { association: 'a' });
  forbidEffects(audited);

  const { position: head } = await log.head();
  const streams = new Set((await log.readAll({ after: 0, limit: 1000 })).map(({ stream }) => stream));
  expect(streams.size).toBe(6);
  const travel = new TimeTravel(log, identities);
  for (const stream of streams) for (let at = 0; at <= head; at++) await travel.state(stream, String(at));
  const history = new TellHistory(log, project, views, identities, '/log/spec/1');
  expect(await history.ofStudy(writer.uid(0))).toHaveLength(head);
  expect(await history.ofSeries(writer.uid(1))).not.toHaveLength(0);
  expect(await new Explain(log).series(writer.uid(1), 1)).toMatchObject({ deliveries: [{}, {}] });
  expect(await new Rebuild(log, views, project, identities, url, { warn: forbidden('warn') }).run()).toMatchObject({
    equal: true,
  });
  const sources = { log, project, views, objects: noObjects, seal: () => Promise.resolve(), source: '/log/spec/1' };
  const bundle = await bundleStudy(sources, writer.uid(0), { withObjects: false });
  expect((await buffer(bundle)).length).toBeGreaterThan(1000);

  expect(await log.head()).toMatchObject({ position: head });
  expect(attempts).toEqual([]);
});
