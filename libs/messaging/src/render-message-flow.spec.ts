import { catalogue, consumers, messageFlow } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { renderAsyncApi } from './render-async-api.js';
import { renderMessageFlow } from './render-message-flow.js';

describe('the page on the message flow', () => {
  const page = renderMessageFlow(catalogue, consumers);

  it('draws who tells whom', () => {
    expect(page).toContain(
      'routing["routing"] -- series.completed.v1 --> routing_route_series["routing.route-series"]',
    );
  });

  it('lists every event and every consumer', () => {
    for (const { type, summary } of catalogue)
      expect(page).toMatch(new RegExp(`\\| \`${type}\` .*${summary.slice(0, 10)}`));
    for (const { name } of consumers) expect(page).toContain(`\n| \`${name}\` |`);
  });

  it('leaves no cell torn apart by a bar in a sentence', () => {
    const consumer = { ...messageFlow.routeSeries, summary: 'one | two' };
    expect(renderMessageFlow([], [consumer])).toContain('one \\| two');
  });
});

describe('the AsyncAPI document', () => {
  const document = JSON.parse(JSON.stringify(renderAsyncApi(catalogue, consumers, '1.0.0')));

  const resolve = (reference: string): unknown =>
    reference
      .slice(2)
      .split('/')
      .reduce((node: Record<string, never> | undefined, key) => node?.[key], document);

  it('has no reference that leads nowhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? '');
    expect(references.length).toBeGreaterThan(catalogue.length);
    expect(references.filter((target) => resolve(target) === undefined)).toEqual([]);
  });

  it('has the schema of the data of every event', () => {
    for (const { type } of catalogue) {
      const schema = document.components.schemas[type] as { readonly oneOf?: readonly unknown[] } | undefined;
      for (const form of schema?.oneOf ?? [schema]) expect(form).toMatchObject({ type: 'object' });
    }
  });

  it('says who receives an event', () => {
    expect(document.operations['routing.route-series.receives.series.completed.v1']).toMatchObject({
      action: 'receive',
      channel: { $ref: '#/channels/series.completed.v1' },
    });
  });
});
