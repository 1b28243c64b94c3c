import { documentHash } from '@waystation/domain';
import { ConfigurationDocument, ConfigurationPublished, streamName } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlService, type ControlService } from '../../test/control-service.js';

const research = { kind: 'folder', name: 'research', path: '/srv/research' };
const all = { name: 'All', condition: 'True', action: 'route', targets: ['research'] };

describe('The configuration over HTTP', () => {
  let control: ControlService;
  const publish = (document: object, more: object = {}) =>
    control.ask('PUT', '/api/configuration?author=huber&reason=spec', { document, ...more });

  beforeAll(async () => {
    control = await controlService();
    for (const document of [{ targets: [research] }, { $schema: 'x', targets: [research], rules: [all] }])
      expect(await publish(document)).toMatchObject({ status: 200 });
  });
  afterAll(() => control[Symbol.asyncDispose]());

  it('tells every version that was published, by whom, why, and what it changed', async () => {
    const { body } = await control.ask('GET', '/api/configuration/versions');
    expect(body).toMatchObject([
      {
        version: 2,
        author: 'huber',
        reason: 'spec',
        changes: [{ path: 'rules.All', kind: 'added' }],
        rolledBackTo: null,
      },
      { version: 1, changes: [{ path: 'targets.research', kind: 'added' }] },
    ]);
    const [event] = await control.platform.log.readStream(streamName.configuration);
    expect(event?.metadata.actor).toEqual({ kind: 'user', name: 'huber', address: '127.0.0.1' });
  });

  it('shows any of them, and where two differ', async () => {
    expect((await control.ask('GET', '/api/configuration/versions/1')).body).toMatchObject({
      version: 1,
      document: ConfigurationDocument.parse({ targets: [research] }),
    });
    expect((await control.ask('GET', '/api/configuration/versions/0')).body).toMatchObject({
      version: 0,
      document: ConfigurationDocument.parse({}),
    });
    expect((await control.ask('GET', '/api/configuration/diff?from=0&to=1')).body).toMatchObject([
      { path: 'targets.research', kind: 'added', after: { path: '/srv/research' } },
    ]);
    expect((await control.ask('GET', '/api/configuration/diff?from=1')).body).toMatchObject([{ path: 'rules.All' }]);
  });

  it.each([
    ['GET', '/api/configuration/versions/9', undefined, 404, 'configuration.unknown-version'],
    ['POST', '/api/configuration/rollback', { version: 9 }, 404, 'configuration.unknown-version'],
    ['POST', '/api/configuration/rollback', { version: 0 }, 400, 'request.invalid'],
    ['GET', '/api/configuration/diff', undefined, 400, 'request.invalid'],
    ['DELETE', '/api/configuration/targets/research', undefined, 409, 'configuration.target-in-use'],
    ['DELETE', '/api/configuration/targets/reserch', undefined, 404, 'configuration.unknown-target'],
    ['PUT', '/api/configuration', { document: { rules: [all] } }, 400, 'configuration.invalid'],
    ['PUT', '/api/configuration', { document: 'text' }, 400, 'configuration.invalid'],
    ['PUT', '/api/configuration', {}, 400, 'request.invalid'],
  ])('refuses %s %s of %j', async (method, path, body, status, code) => {
    expect(await control.ask(method, path, body)).toMatchObject({ status, body: { code } });
  });

  it('names the rules that keep a target', async () => {
    const { body } = await control.ask('DELETE', '/api/configuration/targets/research');
    expect(body['message']).toContain("the target 'research' stays: the rule 'All' names it");
  });

  it('is checked without being published: everything that is wrong, and what it would change', async () => {
    const broken = { targets: [{ ...research, path: 'nowhere' }], rules: [{ ...all, condition: 'Tru' }], x: 1 };
    const { status, body } = await control.ask('POST', '/api/configuration/check', { document: broken });
    expect([status, body['ok'], body['changes']]).toEqual([200, false, null]);
    const paths = (body['problems'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(['targets.research.path', '', 'rules.All.condition']);
    const fine = { targets: [research], rules: [all, { ...all, name: 'Rest', fallback: true }] };
    expect((await control.ask('POST', '/api/configuration/check', { document: fine })).body).toMatchObject({
      ok: true,
      problems: [{ severity: 'warning', path: 'rules.Rest' }],
      changes: [{ path: 'rules.Rest', kind: 'added' }],
    });
    expect((await control.ask('GET', '/api/configuration')).body).toMatchObject({ version: 2 });
  });

  it('has a schema', async () => {
    expect((await control.ask('GET', '/api/configuration/schema')).body).toMatchObject({
      title: 'Waystation configuration',
      properties: { rules: { type: 'array' } },
    });
  });

  it('goes back to an old version, as a new one, with warnings as any other', async () => {
    const rules = [all, { ...all, name: 'Rest', fallback: true }];
    const { body } = await publish({ targets: [research], rules });
    expect(body).toMatchObject({ version: 3, warnings: [{ path: 'rules.Rest' }] });
    const back = await control.ask('POST', '/api/configuration/rollback?author=huber&reason=oops', { version: 1 });
    expect(back).toMatchObject({ status: 200, body: { version: 4, warnings: [] } });
    const events = await control.platform.log.readStream(streamName.configuration);
    expect(events.at(-1)?.data).toMatchObject({ version: 4, rolledBackTo: 1, author: 'huber', reason: 'oops' });
    const same = await control.ask('POST', '/api/configuration/rollback', { version: 1 });
    expect(same).toMatchObject({ status: 200, body: { version: 4 } });
  });

  it('does not go back to what would fail nowadays, and says why', async () => {
    const document = ConfigurationDocument.parse({ rules: [{ ...all, targets: ['gone'] }] });
    const { body: inForce } = await control.ask('GET', '/api/configuration');
    const old = { version: 5, sha256: documentHash(document), document, author: 'x', reason: '' };
    await control.platform.log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: streamName.configuration, expected: 4, events: [ConfigurationPublished.of(old)] }],
    });
    expect(await publish(inForce['document'] as object)).toMatchObject({ body: { version: 6 } });
    const { status, body } = await control.ask('POST', '/api/configuration/rollback', { version: 5 });
    expect([status, body['code']]).toEqual([400, 'configuration.invalid']);
    expect(body['message']).toBe(
      "configuration 5 can't be in force again, it would fail nowadays:\nrules.All.targets: there is no target 'gone'; known: none",
    );
  });
});

describe('Behind a proxy that names the user', () => {
  let control: ControlService;
  beforeAll(async () => {
    control = await controlService({ WAYSTATION_HTTP_USER_HEADER: 'X-Forwarded-User' });
  });
  afterAll(() => control[Symbol.asyncDispose]());

  it('the author is that user, and nobody else', async () => {
    const headers = { 'x-forwarded-user': 'keller' };
    const body = { quietPeriodSeconds: 5 };
    const refused = await control.ask('PUT', '/api/configuration/completion?author=huber', body, headers);
    expect(refused).toMatchObject({ status: 403, body: { code: 'authorship.not-you' } });
    expect(await control.ask('PUT', '/api/configuration/completion', body, headers)).toMatchObject({ status: 200 });
    const events = await control.platform.log.readStream(streamName.configuration);
    expect(events).toMatchObject([
      { data: { author: 'keller' }, metadata: { actor: { kind: 'user', name: 'keller' } } },
    ]);
  });
});
