import { appDecider, jobDecider } from '@waystation/domain';
import { streamName } from '@waystation/events';
import { exampleJob } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlService, type ControlService } from '../../test/control-service.js';

const research = { kind: 'folder', name: 'research', path: '/srv/research' };
const processing = { steps: [{ module: 'nodules' }] };
const place = 'modules.nodules.settings.threshold';

describe('The settings of an app', () => {
  let control: ControlService;
  beforeAll(async () => {
    control = await controlService();
  });
  afterAll(() => control[Symbol.asyncDispose]());

  const documentOf = (settings: object, more: object = {}) => ({
    ...{ targets: [research], modules: [{ kind: 'app', name: 'nodules', app: 'lung', settings }] },
    rules: [{ name: 'N', condition: 'True', action: 'process', processing }],
    ...more,
  });
  const publish = (document: object) => control.ask('PUT', '/api/configuration?author=huber&reason=spec', { document });
  const check = async (document: object) =>
    (await control.ask('POST', '/api/configuration/check', { document })).body as { problems: readonly object[] };
  const announce = (...required: string[]) =>
    control.platform.commands.handle(appDecider, streamName.app('lung'), {
      ...({ kind: 'announce-app' } as const),
      announced: {
        ...{ app: 'lung', version: '1' },
        settings: {
          ...{ type: 'object', required },
          properties: { threshold: { type: 'number' }, organ: { type: 'string' } },
        },
      },
    });

  it('are checked once it was seen, and keep what it would refuse from being in force', async () => {
    expect((await check(documentOf({ threshold: 'x' }))).problems).toMatchObject([
      { severity: 'warning', path: 'modules.nodules', problem: expect.stringContaining('was not seen yet') },
    ]);
    await announce('threshold');
    expect((await check(documentOf({ threshold: 'x' }))).problems).toMatchObject([{ severity: 'error', path: place }]);
    const { status, body } = await publish(documentOf({ threshold: 'x' }));
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(place);
    expect(await publish(documentOf({}))).toMatchObject({ status: 400 });
    expect(await publish(documentOf({ threshold: 1 }))).toMatchObject({ status: 200, body: { warnings: [] } });
  });

  it('keep a job from being asked for that would fail of them', async () => {
    expect(await publish(documentOf({ threshold: 1 }))).toMatchObject({ status: 200 });
    const { job, requested } = exampleJob;
    const request = requested({ module: 'nodules', app: 'lung', settings: { organ: 'lung' } });
    await control.platform.log.append({
      time: control.platform.log.clock.estimate(),
      metadata: {},
      parts: [{ stream: streamName.job(job), expected: 0, events: [request] }],
    });
    const restart = (settings?: object) =>
      control.ask('POST', `/api/jobs/${job}/restart?author=huber`, settings === undefined ? {} : { settings });
    const refused = await restart({ threshold: 'x' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'job.settings-invalid' } });
    expect(refused.body['message']).toMatch(/module 'nodules' does not take: threshold: /);
    expect(await restart({ organ: 1 })).toMatchObject({ status: 400 });
    const run = { module: 'nodules', series: '1.2.3', settings: { threshold: 'x' } };
    expect(await control.ask('POST', '/api/jobs?author=huber', run)).toMatchObject({ status: 404 });
    const { state } = await control.platform.commands.load(jobDecider, streamName.job(job));
    expect(state).toMatchObject({ settings: { organ: 'lung' } });
    expect(await restart({ threshold: 0.4 })).toMatchObject({ status: 202, body: { job, status: 'waiting' } });
  });

  it('keep nobody from changing something else where the app takes others since it was renewed', async () => {
    await announce('threshold', 'organ');
    const warnings = [{ severity: 'warning', path: 'rules.N.processing.steps.0.settings.organ' }];
    const other = { unknownCalledAeTitle: 'keep' };
    expect(await publish(documentOf({ threshold: 1 }, other))).toMatchObject({ status: 200, body: { warnings } });
    expect(await publish(documentOf({ threshold: 'x' }, other))).toMatchObject({ status: 400 });
  });
});
