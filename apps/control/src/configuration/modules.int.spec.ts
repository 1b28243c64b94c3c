import { expect, it } from 'vitest';
import { controlService } from '../../test/control-service.js';

it('Modules are changed one at a time over HTTP, and those stay that rules name', async () => {
  await using control = await controlService();
  const module = { kind: 'container', name: 'lung', image: 'lung:1' };
  const change = (method: string, path: string, body?: object) =>
    control.ask(method, `/api/configuration/${path}?author=huber&reason=spec`, body);
  expect(await change('PUT', 'modules/liver', module)).toMatchObject({ body: { code: 'request.invalid' } });
  expect(await change('PUT', 'modules/lung', module)).toMatchObject({ status: 200 });
  expect(await change('PUT', 'modules/lung', { ...module, image: 'lung:2' })).toMatchObject({ status: 200 });
  const { body } = await control.ask('GET', '/api/configuration');
  expect(body).toMatchObject({ document: { modules: [{ name: 'lung', image: 'lung:2', output: 'required' }] } });
  const rule = { name: 'Lungs', condition: 'True', action: 'process', processing: { steps: [{ module: 'lung' }] } };
  expect(await change('PUT', 'rules/Lungs', rule)).toMatchObject({ status: 200 });
  expect(await change('DELETE', 'modules/lung')).toMatchObject({ body: { code: 'configuration.module-in-use' } });
  expect(await change('DELETE', 'rules/Lungs')).toMatchObject({ status: 200 });
  expect(await change('DELETE', 'modules/lung')).toMatchObject({ status: 200 });
  expect(await change('DELETE', 'modules/lung')).toMatchObject({ body: { code: 'configuration.unknown-module' } });
});
