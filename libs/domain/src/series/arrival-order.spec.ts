import { ConfigurationDocument, type Facts } from '@waystation/events';
import { exampleSeries, recorded } from '@waystation/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentHash } from '../configuration/document-hash.js';
import { quietPeriodOf } from './quiet-period.js';
import type { SeriesCommand } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import type { SeriesState } from './series-state.js';

const { storeInstance, source, identityFacts: identity } = exampleSeries;

/** What an image says of itself, and whom it was sent to. */
const saying: fc.Arbitrary<Facts> = fc.record(
  {
    Modality: fc.constantFrom('CT', 'MR', ''),
    InstanceNumber: fc.constantFrom('1', '2', '3', 'x'),
    ImageType: fc.constantFrom('ORIGINAL\\PRIMARY', 'DERIVED'),
  },
  { requiredKeys: [] },
);
const images = fc.array(fc.tuple(saying, fc.constantFrom('WAYSTATION', 'RESEARCH', 'OTHER')), {
  minLength: 1,
  maxLength: 6,
});
type Image = readonly [number, Facts, string];
const orders = images
  .map((all) => all.map(([header, title], index): Image => [index + 1, header, title]))
  .chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );

const document = ConfigurationDocument.parse({
  applicationEntities: [{ aeTitle: 'WAYSTATION', completion: { quietPeriodSeconds: 7 } }, { aeTitle: 'RESEARCH' }],
  unknownCalledAeTitle: 'keep',
  rules: [
    { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'], quietPeriodSeconds: 5 },
    {
      name: 'Primary',
      condition: "@InstanceNumber@ == '1' or 'DERIVED' in @ImageType@",
      action: 'route',
      targets: [{ target: 'archive', instances: "'PRIMARY' in @ImageType@" }],
    },
    { name: 'Research', condition: 'True', action: 'route', targets: ['research'], calledAeTitles: ['RESEARCH'] },
    {
      name: 'Several',
      condition: "any_instance(@Modality@ == 'CT') and 'DERIVED' in series.values('ImageType')",
      action: 'route',
      targets: ['several'],
    },
    { name: 'Drop', condition: "@Modality@ == 'MR' and @InstanceNumber@ == '2'", action: 'discard' },
    { name: 'Else', condition: 'True', action: 'route', targets: ['rest'], fallback: true },
  ],
});
const configuration = { version: 1, sha256: documentHash(document), document };

const tell = (commands: readonly SeriesCommand[]): { state: SeriesState; events: readonly SeriesEvent[] } => {
  let state = seriesDecider.initial;
  const events: SeriesEvent[] = [];
  for (const command of commands)
    for (const event of seriesDecider.decide(state, command)) {
      events.push(event);
      state = seriesDecider.evolve(state, recorded(event, { sequence: events.length }));
    }
  return { state, events };
};
const arrivals = (order: readonly Image[]) =>
  order.map(([number, header, calledAeTitle]) =>
    storeInstance(number, { header, source: { ...source, calledAeTitle } }),
  );

it('The order in which objects come changes no decision about them, nor how long it is waited for', () => {
  const decided = (order: readonly Image[]) => {
    const { state } = tell(arrivals(order));
    const quietPeriod = state.status === 'unknown' ? undefined : quietPeriodOf(state, document, { identity });
    const { events } = tell([
      ...arrivals(order),
      { kind: 'complete-now', reason: '' },
      { kind: 'route-series', revision: 1, configuration, identity },
    ]);
    return { quietPeriod, events: events.filter(({ type }) => /^series\.(routed|discarded)/.test(type)) };
  };
  fc.assert(
    fc.property(orders, ([order, other]) => {
      const decision = decided(order);
      expect(decision.events.length).toBeGreaterThan(0);
      expect(decided(other)).toEqual(decision);
    }),
  );
});
