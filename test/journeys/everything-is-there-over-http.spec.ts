import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string }>>>>;
}

// REQ-START-4: the same answers for programs as for people.
describe('Everything', () => {
  let folder: string;
  let system: Standalone;
  let series: string;
  let study: string;
  let delivery: string;
  const url = (path: string): string => `${system.waystation.url}${path}`;

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [{ name: 'export', kind: 'folder', path: join(folder, 'export') }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
    const instances = syntheticSeries(2);
    series = instances[0]?.seriesInstanceUid ?? '';
    study = instances[0]?.studyInstanceUid ?? '';
    await sendAll(system.dicomPort, instances);
    const [line] = await system.waystation.deliveries(series, 1);
    delivery = line?.delivery ?? '';
    await eventually('the outcome', async () => {
      const [first] = await system.waystation.get<readonly { outcome: string | null }[]>('/api/series');
      return first?.outcome ?? undefined;
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it.each([
    [['series'], '/api/series'],
    [['series', '--modality', 'CT', '--limit', '1'], '/api/series?modality=CT&limit=1'],
    [['deliveries', '--target', 'export'], '/api/deliveries?target=export'],
    [['studies', '--status', 'any'], '/api/studies?status=any'],
    [['jobs', '--status', 'succeeded'], '/api/jobs?status=succeeded'],
    [['notifications', '--status', 'sent'], '/api/notifications?status=sent'],
    [['queues'], '/api/queues'],
    [['quarantine'], '/api/quarantine'],
    [['refusals', '--what', 'association'], '/api/refusals?what=association'],
    [['config', 'show'], '/api/configuration'],
    [['config', 'show', '--version', '1'], '/api/configuration/versions/1'],
    [['config', 'versions'], '/api/configuration/versions'],
    [['config', 'diff', '0', '1'], '/api/configuration/diff?from=0&to=1'],
    [['config', 'schema'], '/api/configuration/schema'],
    [['history', 'SERIES'], '/api/series/SERIES/history'],
    [['history', 'STUDY'], '/api/studies/STUDY/history'],
    [['history', 'DELIVERY'], '/api/streams/delivery/DELIVERY/history'],
    [['history', 'delivery/DELIVERY'], '/api/streams/delivery/DELIVERY/history'],
    [['history', 'configuration'], '/api/configuration/history'],
    [['replay', 'configuration', '--at', '3'], '/api/configuration/replay?at=3'],
    [['replay', 'SERIES', '--at', '5'], '/api/series/SERIES/replay?at=5'],
    [['replay', 'STUDY', '--at', '5'], '/api/studies/STUDY/replay?at=5'],
    [['explain', 'SERIES', '--revision', '1'], '/api/series/SERIES/explanation?revision=1'],
    [['rebuild', '--status'], '/api/rebuild'],
    [['replay', 'delivery/DELIVERY', '--at', '9999'], '/api/streams/delivery/DELIVERY/replay?at=9999'],
  ])('that `waystation %s` answers is at %s', async (words, path) => {
    const filled = (text: string): string =>
      text.replace('SERIES', series).replace('DELIVERY', delivery).replace('STUDY', study);
    expect(await system.waystation.get(filled(path))).toEqual(await system.waystation.json(...words.map(filled)));
  });

  it('that the CLI asks for is described', async () => {
    const { openapi, paths } = await system.waystation.get<OpenApi>('/api/openapi.json');
    expect(openapi).toMatch(/^3\./);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations).toEqual(
      expect.arrayContaining([
        'get /health/ready',
        'get /api/configuration',
        'put /api/configuration',
        'get /api/configuration/schema',
        'get /api/configuration/versions',
        'get /api/configuration/versions/{version}',
        'get /api/configuration/diff',
        'post /api/configuration/check',
        'post /api/configuration/rollback',
        'put /api/configuration/completion',
        'put /api/configuration/rules/{name}',
        'delete /api/configuration/rules/{name}',
        'put /api/configuration/targets/{name}',
        'delete /api/configuration/targets/{name}',
        'get /api/series',
        'get /api/series/{seriesInstanceUid}/history',
        'get /api/series/{seriesInstanceUid}/replay',
        'get /api/series/{seriesInstanceUid}/explanation',
        'get /api/studies',
        'post /api/studies/{study}/complete',
        'post /api/studies/{study}/discard',
        'get /api/studies/{studyInstanceUid}/history',
        'get /api/studies/{studyInstanceUid}/replay',
        'get /api/studies/{studyInstanceUid}/bundle',
        'get /api/streams',
        'get /api/streams/{category}/{id}/history',
        'get /api/streams/{category}/{id}/replay',
        'get /api/deliveries',
        'post /api/deliveries/{delivery}/hold',
        'post /api/deliveries/{delivery}/redrive',
        'post /api/deliveries/{delivery}/release',
        'get /api/notifications',
        'post /api/notifications/{notification}/redrive',
        'get /api/queues',
        'get /api/quarantine',
        'post /api/quarantine/{position}/reinject',
        'get /api/refusals',
        'get /api/verify',
        'get /api/events',
        'get /api/events/stream',
        'get /api/subscriptions',
        'post /api/subscriptions/{name}/redeliver',
        'put /api/configuration/subscriptions/{name}',
        'post /api/rebuild',
        'get /api/rebuild',
        'get /api/read-models',
      ]),
    );
    for (const methods of Object.values(paths))
      for (const { summary } of Object.values(methods)) expect(summary).toMatch(/\S/);
  });

  it('that is asked for in a list can be filtered by what the description names', async () => {
    const { paths } = await system.waystation.get<{
      paths: Record<string, { get?: { parameters?: { name: string }[] } }>;
    }>('/api/openapi.json');
    const namesOf = (path: string): readonly string[] =>
      (paths[path]?.get?.parameters ?? []).map(({ name }) => name).toSorted();
    expect(namesOf('/api/series')).toEqual(['before', 'limit', 'modality', 'outcome', 'status', 'study']);
    expect(namesOf('/api/deliveries')).toEqual([
      ...['before', 'hold', 'limit', 'priority', 'series', 'status', 'target'],
    ]);
    expect(namesOf('/api/studies')).toEqual(['before', 'limit', 'rule', 'status', 'study']);
    expect(namesOf('/api/quarantine')).toEqual(['before', 'limit']);
  });

  it('is on a page for people', async () => {
    const response = await fetch(url('/api/docs'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('swagger');
  });

  it('that the CLI can do is told with an example', async () => {
    const commandsOf = async (...words: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await system.waystation.run(...words, '--help');
      const [, list = ''] = /\nCommands:\n(.*?)(\n\n|$)/s.exec(stdout) ?? [];
      const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
      if (names.length === 0) expect(stdout, words.join(' ')).toMatch(/Examples?:\n {2}waystation /);
      return names.filter((name) => name !== 'help');
    };
    const commands = await commandsOf();
    expect(commands).toEqual(
      expect.arrayContaining([
        ...['status', 'series', 'history', 'replay', 'explain', 'bundle', 'redrive', 'verify', 'rebuild'],
      ]),
    );
    const AT_A_TIME = 4;
    for (let from = 0; from < commands.length; from += AT_A_TIME) {
      await Promise.all(
        commands.slice(from, from + AT_A_TIME).map(async (command) => {
          for (const sub of await commandsOf(command)) await commandsOf(command, sub);
        }),
      );
    }
  });

  it('is asked for in vain where nothing listens, and the CLI says what to do', async () => {
    const { code, stderr } = await system.waystation.run('series', '--url', 'http://127.0.0.1:9');
    expect(code).toBe(1);
    expect(stderr).toContain('no Waystation answers at http://127.0.0.1:9');
    expect(stderr).toContain('npm start');
  });

  it.each([
    ['GET', '/api/series/1.2.3/history', 404, 'audit.unknown-series'],
    ['GET', '/api/series/1.2.3/replay', 404, 'audit.unknown-stream'],
    ['GET', '/api/series/1.2.3/explanation', 404, 'audit.unknown-series'],
    ['GET', '/api/series/SERIES/explanation?revision=2', 404, 'audit.unknown-revision'],
    ['GET', '/api/series/SERIES/explanation?revision=0', 400, 'request.invalid'],
    ['GET', '/api/studies/1.2.3/history', 404, 'audit.unknown-study'],
    ['GET', '/api/studies/1.2.3/bundle', 404, 'audit.unknown-study'],
    ['GET', '/api/studies/1.2.3/bundle?objects=perhaps', 400, 'request.invalid'],
    ['GET', '/api/rebuild/99', 404, 'rebuild.unknown-generation'],
    ['GET', '/api/rebuild/first', 400, 'http.400'],
    ['GET', '/api/streams/delivery/0/history', 404, 'audit.unknown-stream'],
    ['GET', '/api/series?limit=many', 400, 'request.invalid'],
    ['GET', '/api/series?status=asleep', 400, 'request.invalid'],
    ['GET', '/api/series/SERIES/replay?at=yesterday', 400, 'request.invalid'],
    ['GET', '/api/series/SERIES/replay?at=-5', 400, 'request.invalid'],
    ['GET', '/api/series/SERIES/replay?at=275760-09-13', 400, 'request.invalid'],
    ['GET', '/api/series/SERIES/replay?at=2026-01-31T12:00:00', 400, 'request.invalid'],
    ['GET', '/api/series/%00/history', 400, 'request.invalid'],
    ['GET', '/api/series?modality=%00', 400, 'request.invalid'],
    ['GET', '/api/series/%zz/history', 400, 'http.400'],
    ['GET', '/api/nowhere', 404, 'http.404'],
    ['POST', '/api/deliveries/0/redrive', 404, 'delivery.unknown'],
    ['POST', '/api/deliveries/DELIVERY/redrive', 409, 'delivery.not-redrivable'],
    ['POST', '/api/deliveries/DELIVERY/hold', 409, 'delivery.not-holdable'],
    ['POST', '/api/deliveries/DELIVERY/release', 409, 'delivery.not-releasable'],
    ['DELETE', '/api/configuration/rules/nobody', 404, 'configuration.unknown-rule'],
    ['DELETE', '/api/configuration/targets/export', 409, 'configuration.target-in-use'],
    ['PUT', '/api/configuration/rules/x', 400, 'request.invalid'],
  ])('that goes wrong has a code and a sentence: %s %s', async (method, path, status, code) => {
    const response = await fetch(url(path.replace('SERIES', series).replace('DELIVERY', delivery)), { method });
    const problem = (await response.json()) as { code: string; message: string };
    expect([response.status, problem.code]).toEqual([status, code]);
    expect(problem.message.length).toBeGreaterThan(10);
  });

  it.each([
    ['a body that is no JSON', '{"document":', 400],
    ['a body that is far too long', JSON.stringify({ document: { rules: ['x'.repeat(5_000_000)] } }), 413],
  ])('that comes with %s is refused in the same shape', async (_, body, status) => {
    const response = await fetch(url('/api/configuration'), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it('that an operator publishes may have a thousand rules', async () => {
    const { document } = await system.waystation.get<{ document: object }>('/api/configuration');
    const rules = Array.from({ length: 1000 }, (_, index) => ({
      name: `rule ${index}`,
      condition: `@Modality@ == 'CT' and @StudyDescription@ == 'STUDY ${index} ${'X'.repeat(80)}'`,
      action: 'route',
      targets: ['export'],
    }));
    await system.waystation.publish({ ...document, rules });
    const { stdout } = await system.waystation.run('rule', 'list');
    expect(stdout).toContain('rule 999');
  });
});
