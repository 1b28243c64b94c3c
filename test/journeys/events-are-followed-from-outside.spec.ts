import { join } from 'node:path';
import type { CloudEvent } from '@waystation/events';
import { EventStream, syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../harness/program.js';
import { RecordingEndpoint } from '../harness/recording-endpoint.js';
import { cleanEnvironment, entryOf } from '../harness/repository.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

interface SubscriptionLine {
  readonly name: string;
  readonly status: string;
  readonly behind: number;
}

// REQ-FEED-1, REQ-FEED-2, REQ-FEED-3
describe('Outside of Waystation', () => {
  let folder: string;
  let system: Standalone;
  const start = async (): Promise<void> => {
    system = await startStandalone(join(folder, 'data'));
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    await start();
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [{ name: 'export', kind: 'folder', path: join(folder, 'export') }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const pageOf = (query: string): Promise<readonly CloudEvent[]> =>
    system.waystation.get<readonly CloudEvent[]>(`/api/events?limit=1000&${query}`);

  it('a consumer follows a study by server-sent events, through a break in the middle', async () => {
    const instances = syntheticSeries(6);
    const study = instances[0]?.studyInstanceUid ?? '';
    const url = `${system.waystation.url}/api/events/stream?study=${study}`;
    const first = await EventStream.open(`${url}&after=head`);
    await sendAll(system.dicomPort, instances.slice(0, 3));
    const seen = [...(await first.take(2))];
    await first[Symbol.asyncDispose]();
    await sendAll(system.dicomPort, instances.slice(3));
    await system.waystation.deliveries(instances[0]?.seriesInstanceUid ?? '', 1);
    await using second = await EventStream.open(url, { 'last-event-id': first.lastEventId });
    const delivered = () => seen.some(({ data }) => data.includes('"type":"delivery.succeeded.v1"'));
    while (!delivered()) seen.push(...(await second.take(1)));
    const all = await pageOf(`study=${study}`);
    expect(seen.map(({ id }) => id)).toEqual(all.slice(0, seen.length).map(({ id }) => id));
    const types = seen.map(({ data }) => (JSON.parse(data) as CloudEvent).type);
    expect(types.filter((type) => type === 'instance.stored.v1')).toHaveLength(6);
    expect(types).toEqual(expect.arrayContaining(['series.opened.v1', 'study.opened.v1', 'series.routed.v1']));
  });

  it('the command line follows, an event a line', async () => {
    const env = { ...cleanEnvironment(), WAYSTATION_URL: system.waystation.url };
    const args = [entryOf('cli'), 'events', '--follow', '--after', '0', '--json', '--type', 'configuration.*'];
    const program = Program.start('waystation events', process.execPath, args, env);
    await program.says(/"type":"configuration\.published\.v1".*\n/);
    const [line = ''] = program.output.split('\n');
    expect(JSON.parse(line)).toMatchObject({ specversion: '1.0', data: { version: 1 } });
    await program.kill();
    const listed = await system.waystation.json<readonly CloudEvent[]>('events', '--type', 'configuration.*');
    expect(listed[0]).toEqual(JSON.parse(line));
  });

  it('a webhook that was down gets everything once it is back, in order, although Waystation was killed meanwhile', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const types = 'series.*,instance.stored,delivery.*';
    await system.waystation.json('subscription', 'add', 'ris', '--to', endpoint.url, '--type', types);
    const [before, during] = [syntheticSeries(3), syntheticSeries(3)];
    await sendAll(system.dicomPort, before);
    await eventually('the first series', async () => (endpoint.taken.length > 3 ? true : undefined));
    await endpoint.down();
    await sendAll(system.dicomPort, during);
    await eventually('the webhook to stall', async () => {
      const lines = await system.waystation.get<readonly SubscriptionLine[]>('/api/subscriptions');
      return lines.find(({ name, status }) => name === 'ris' && status === 'stalled');
    });
    await system.program.kill();
    await start();
    await endpoint.listen();
    await system.waystation.deliveries(during[0]?.seriesInstanceUid ?? '', 1);
    const added = (await pageOf('type=configuration.published')).at(-1);
    const expected = (await pageOf(`type=${types}`)).map(({ id }) => Number(id)).filter((id) => id > Number(added?.id));
    await eventually('everything', async () => (endpoint.positions.at(-1) === expected.at(-1) ? true : undefined));
    // After a kill some may come twice, and then as they came before.
    expect([...new Set(endpoint.positions)]).toEqual(expected);
    await eventually('the webhook to have caught up', async () => {
      const lines = await system.waystation.json<readonly SubscriptionLine[]>('subscription', 'list');
      return lines.find(({ status, behind }) => status === 'flowing' && behind === 0);
    });
    const history = await system.waystation.json<readonly CloudEvent[]>('history', 'subscription/ris');
    expect(history.map(({ type }) => type)).toEqual(['subscription.stalled.v1', 'subscription.resumed.v1']);
  });
});
