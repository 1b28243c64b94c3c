import { ConfigurationDocument, DeliveryRequested, type RoutedDelivery } from '@waystation/events';
import { exampleSeries, exampleStudy, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveriesRequestedBy } from '../series/route-series.js';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries } from '../series/series-state.js';
import { deliveriesBefore } from './deliveries-before.js';
import { planDeliveries } from './plan-deliveries.js';
import type { RouteStudy, StudyCommand } from './study-command.js';
import { studyDecider } from './study-decider.js';
import type { StudyEvent } from './study-event.js';
import type { StudyState } from './study-state.js';

const rules = { Whole: ['pacs', 'archive'], Other: ['pacs', 'cloud'] } as const;
type RuleName = keyof typeof rules;
const names = Object.keys(rules) as readonly RuleName[];
const document = ConfigurationDocument.parse({
  rules: names.map((name) => ({
    name,
    condition: 'True',
    trigger: 'study',
    action: 'route',
    targets: rules[name],
    ordered: name === 'Other',
  })),
});

type Step =
  | { readonly what: 'revise'; readonly series: number; readonly images: number; readonly alsoBySeries: boolean }
  | { readonly what: 'collect'; readonly pick: number }
  | { readonly what: 'complete' | 'discard' | 'route'; readonly rule: RuleName; readonly pick: number };

const rule = fc.constantFrom(...names);
const pick = fc.nat({ max: 50 });
const steps = fc.oneof(
  fc.record({
    what: fc.constant('revise' as const),
    series: fc.integer({ min: 1, max: 3 }),
    images: fc.integer({ min: 1, max: 2 }),
    alsoBySeries: fc.boolean(),
  }),
  fc.record({ what: fc.constant('collect' as const), pick }),
  fc.record({ what: fc.constantFrom('complete' as const, 'discard' as const, 'route' as const), rule, pick }),
);

/** A study, its series and the deliveries of both, as several routers would bring them about. */
class Story {
  readonly requested = new Map<string, DeliveryRequested['data']>();
  readonly #series = new Map<number, SeriesEvent[]>();
  readonly #toCollect: { readonly series: number; readonly revision: number; readonly rule: RuleName }[] = [];
  #study: readonly StudyEvent[] = [];

  get study(): StudyState {
    return given(studyDecider, this.#study).state;
  }

  take(step: Step): void {
    if (step.what === 'revise') this.#revise(step);
    else if (step.what === 'collect') this.#collect(step.pick);
    else if (step.what === 'route') this.#route(step.rule, step.pick);
    else this.#end(`${step.what}-study`, step.rule);
  }

  /** Everything that is under way comes to its end. */
  finish(): void {
    for (const [index] of this.#toCollect.entries()) this.#collect(index);
    for (const name of names) {
      this.#end('complete-study', name);
      for (const [index] of this.#completionsOf(name).entries()) this.#route(name, index);
    }
  }

  /** The images of all series with how often a target gets each. */
  countsAt(target: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [number] of this.#series)
      for (const { sopInstanceUid } of this.#stateOf(number).instances.values())
        counts.set(`${number} ${sopInstanceUid}`, 0);
    for (const request of this.requested.values()) {
      if (request.target !== target) continue;
      const number = Number(request.seriesInstanceUid.split('.').at(-1));
      if ('job' in request.instances) continue;
      const { afterSequence, throughSequence, sopInstanceUids } = request.instances;
      for (const { sopInstanceUid, sequence } of this.#stateOf(number).instances.values())
        if (sopInstanceUids?.includes(sopInstanceUid) ?? (sequence > afterSequence && sequence <= throughSequence))
          counts.set(`${number} ${sopInstanceUid}`, (counts.get(`${number} ${sopInstanceUid}`) ?? 0) + 1);
    }
    return counts;
  }

  #stateOf(number: number): KnownSeries {
    const { state } = given(seriesDecider, this.#series.get(number) ?? []);
    if (state.status === 'unknown') throw new Error(`series ${number} is unknown`);
    return state;
  }

  #request(requests: readonly DeliveryRequested[]): void {
    for (const { data } of requests) {
      // The log has each of them begin a stream of its own.
      expect(this.requested.has(data.delivery)).toBe(false);
      this.requested.set(data.delivery, data);
    }
  }

  #revise({ series, images, alsoBySeries }: Extract<Step, { readonly what: 'revise' }>): void {
    const seriesInstanceUid = exampleStudy.seriesInstanceUid(series);
    const history = this.#series.get(series) ?? [exampleSeries.opened(1, { seriesInstanceUid })];
    this.#series.set(series, history);
    const known = this.#stateOf(series);
    const revision = known.completions.length + 1;
    for (let image = 1; image <= images; image++) history.push(exampleSeries.stored(known.instances.size + image));
    history.push(exampleSeries.completed(revision, { instances: known.instances.size + images, newInstances: images }));
    const deliveries: RoutedDelivery[] = alsoBySeries
      ? [{ delivery: `${series}/${revision}`, target: 'pacs', rules: ['CT'] }]
      : [];
    history.push(exampleSeries.routed(revision, { deliveries, studyRules: [...names] }));
    this.#request(deliveriesRequestedBy(this.#stateOf(series), { revision, deliveries }));
    for (const name of names) this.#toCollect.push({ series, revision, rule: name });
  }

  #do(command: StudyCommand): void {
    this.#study = [...this.#study, ...given(studyDecider, this.#study).when(command).events];
  }

  /** In whatever order, and again where it was done already. */
  #collect(chosen: number): void {
    const one = this.#toCollect[chosen % Math.max(1, this.#toCollect.length)];
    if (one === undefined) return;
    this.#do({
      kind: 'collect-series',
      studyInstanceUid: exampleStudy.studyInstanceUid,
      added: exampleStudy.added(one.series).data,
      series: exampleStudy.series(one.series, { revision: one.revision }),
      rules: [one.rule],
    });
  }

  #end(kind: 'complete-study' | 'discard-study', name: RuleName): void {
    const collection = this.study.collections.find((candidate) => candidate.rule === name);
    const waits = [...(collection?.waiting ?? []), ...(kind === 'complete-study' ? (collection?.discarded ?? []) : [])];
    if (waits.length === 0) return;
    this.#do({ kind, rule: name, reason: '', configuration: exampleStudy.configuration, document, pending: [] });
  }

  #completionsOf(name: RuleName) {
    return this.study.collections.find((collection) => collection.rule === name)?.completions ?? [];
  }

  #route(name: RuleName, chosen: number): void {
    const completions = this.#completionsOf(name);
    const completion = completions[chosen % Math.max(1, completions.length)];
    if (completion === undefined) return;
    const series = new Map(
      completion.series.map(({ seriesInstanceUid }) => {
        const state = this.#stateOf(Number(seriesInstanceUid.split('.').at(-1)));
        return [seriesInstanceUid, state] as const;
      }),
    );
    const which = { rule: name, revision: completion.revision };
    const before = deliveriesBefore(this.study, which, document, series);
    const requested = new Map([...this.requested].filter(([id]) => before.includes(id)));
    const command: RouteStudy = { kind: 'route-study', ...which, document, series, opened: new Map(), requested };
    const { events, state } = given(studyDecider, this.#study).when(command);
    this.#study = [...this.#study, ...events];
    if (events.length > 0) this.#request(planDeliveries(state, command).requests);
  }
}

describe('a study, whatever comes in whatever order', () => {
  it('brings every object of its series to every target of its rules exactly once', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (taken) => {
        const story = new Story();
        for (const step of taken) story.take(step);
        for (const target of new Set(Object.values(rules).flat()))
          for (const [image, count] of story.countsAt(target)) expect([image, count <= 1]).toEqual([image, true]);
        story.finish();
        for (const target of new Set(Object.values(rules).flat()))
          for (const [image, count] of story.countsAt(target))
            expect([target, image, count]).toEqual([target, image, 1]);
      }),
      { numRuns: 150 },
    );
  });

  it('has for each rule, series, revision and target one delivery, its own or that of another', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (taken) => {
        const story = new Story();
        for (const step of taken) story.take(step);
        story.finish();
        for (const { rule: name, waiting, discarded, completions } of story.study.collections) {
          expect([...waiting, ...discarded]).toEqual([]);
          const wanted = completions.flatMap(({ series }) =>
            series.flatMap(({ seriesInstanceUid, revision }) =>
              rules[name as RuleName].map((target) => `${seriesInstanceUid} ${revision} ${target}`),
            ),
          );
          const found = completions.flatMap(({ routed }) =>
            [...(routed?.deliveries ?? []), ...(routed?.alreadyRequested ?? [])].map(
              ({ seriesInstanceUid, revision, target }) => `${seriesInstanceUid} ${revision} ${target}`,
            ),
          );
          expect(found.toSorted()).toEqual(wanted.toSorted());
          expect(new Set(found).size).toBe(found.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('waits for exactly one delivery before each that is ordered, and never in a circle', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (taken) => {
        const story = new Story();
        for (const step of taken) story.take(step);
        story.finish();
        const older = new Set<string>();
        for (const { delivery, target, after } of story.requested.values()) {
          if (after !== undefined) {
            expect(older.has(after)).toBe(true);
            expect(story.requested.get(after)?.target).toBe(target);
          }
          older.add(delivery);
        }
      }),
      { numRuns: 100 },
    );
  });
});
