import fc from 'fast-check';
import type { HistoryWriter } from './write-history.js';
import { writeNotification, type Ending } from './write-notification.js';

/** Something that happens. */
type Step =
  | { readonly kind: 'receive'; readonly series: number; readonly number: number; readonly hash: number }
  | { readonly kind: 'complete'; readonly series: number }
  | { readonly kind: 'attempt'; readonly delivery: number; readonly ending: Ending }
  | { readonly kind: 'notify'; readonly series: number; readonly ending: Ending }
  | { readonly kind: 'publish'; readonly rules: number };

/** Series that receive, complete, are decided and delivered, and of which somebody is told, in any order and again and again. */
export interface RandomHistory {
  readonly steps: readonly Step[];
  write(writer: HistoryWriter): Promise<void>;
}

const series = fc.integer({ min: 1, max: 4 });
const ending = fc.constantFrom<Ending>('success', 'failure', 'none');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      series,
      number: fc.integer({ min: 1, max: 5 }),
      hash: fc.integer({ min: 0, max: 9 }).map((chance) => (chance === 9 ? 4711 : 0)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('complete' as const), series }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('attempt' as const),
      delivery: fc.nat(20),
      ending,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('notify' as const), series, ending }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('publish' as const), rules: fc.integer({ min: 0, max: 3 }) }) },
);

/** Different every time it is made; the UIDs are the same, so that histories that follow each other go on with one another. */
export const randomHistory: fc.Arbitrary<RandomHistory> = fc
  .array(step, { minLength: 5, maxLength: 40 })
  .map((steps) => ({ steps, write: (writer) => write(steps, writer) }));

const write = async (steps: readonly Step[], writer: HistoryWriter): Promise<void> => {
  const deliveries: string[] = [];
  await writer.receive(0, 1, 1);
  for (const one of steps) {
    if (one.kind === 'receive')
      await writer.receive(one.series % 2, one.series, one.number, { hash: one.number + one.hash });
    if (one.kind === 'publish') await writer.publishRules(one.rules);
    if (one.kind === 'notify') {
      const about = { studyInstanceUid: writer.uid(one.series % 2), seriesInstanceUid: writer.uid(one.series) };
      await writeNotification(writer.commands, about, one.ending);
    }
    if (one.kind === 'complete') {
      const revision = await writer.complete(one.series);
      if (revision === undefined) continue;
      await writer.addToStudy(one.series % 2, one.series);
      deliveries.push(...(await writer.route(one.series, revision)));
    }
    const delivery = one.kind === 'attempt' ? deliveries[one.delivery % Math.max(1, deliveries.length)] : undefined;
    if (one.kind === 'attempt' && delivery !== undefined) await writer.attempt(delivery, one.ending);
  }
};
