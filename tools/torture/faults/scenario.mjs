import { createHash } from 'node:crypto';
import { syntheticSeries, syntheticUid } from '../../../libs/testing/dist/index.js';
import { Random } from '../input/random.mjs';
import { even } from '../input/objects.mjs';
import { modalities } from './rules.mjs';

const INSTANCES = 200;
const SENDERS = 4;
const LONGEST_SERIES = 30;
/** Pixels to a side: most small, as their number is what counts; the last is above what a receiver keeps in memory. */
const SIDES = [16, 32, 32, 64, 64, 64, 128, 256];
const LARGE_SIDE = 1_100;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What is sent in a run: series, and of each sender what it sends in which associations. The same seed draws the same. */
export function scenarioOf(seed) {
  const random = new Random(`${seed} scenario`);
  const series = seriesOf(seed, random);
  const senders = Array.from({ length: SENDERS }, (_, index) => ({ name: `SCANNER${index + 1}`, associations: [] }));
  for (const one of series) for (const [sender, part] of partsOf(one, random)) senders[sender].associations.push(part);
  for (const sender of senders) sender.associations.sort((one, other) => one.lateMs - other.lateMs);
  return { series, senders };
}

/** What goes its way before anything breaks. */
export const warmUpOf = (seed) =>
  oneSeries({ seed: `${seed} warm-up`, modality: 'CT', count: 3, study: `${seed} warm-up` }, new Random(seed));

function seriesOf(seed, random) {
  const series = [];
  // Each modality once, then as chance has it.
  for (let left = INSTANCES, number = 0; left > 0; number += 1) {
    const modality = modalities[number] ?? random.pick(modalities);
    const count = Math.min(left, random.between(1, LONGEST_SERIES));
    series.push(
      oneSeries({ seed: `${seed} series ${number}`, modality, count, study: `${seed} study ${number >> 1}` }, random),
    );
    left -= count;
  }
  return series;
}

function oneSeries({ seed, modality, count, study }, random) {
  const side = count === 1 ? LARGE_SIDE : random.pick(SIDES);
  const studyInstanceUid = syntheticUid(study);
  const patientId = `P${studyInstanceUid.slice(-8)}`;
  const options = { seed, modality, rows: side, columns: side, studyInstanceUid, patientId };
  const instances = syntheticSeries(count, options).map((instance) => {
    const dataSet = even(instance.dataSet);
    return { ...instance, dataSet, sha256: sha256(dataSet), size: dataSet.length };
  });
  return { modality, seriesInstanceUid: instances[0].seriesInstanceUid, instances };
}

/** How a series comes: by one sender or two, a few objects twice, a few too late. */
function partsOf({ instances }, random) {
  const first = random.between(0, SENDERS - 1);
  const shared = random.oneIn(4);
  const late = instances.length > 4 && random.oneIn(4) ? random.between(1, 3) : 0;
  const inTime = instances.slice(0, instances.length - late);
  const again = random.oneIn(4) ? [random.pick(inTime)] : [];
  const part = (of, lateMs = 0) => ({ instances: of, lateMs, pauseMs: random.between(0, 30) });
  const parts = shared
    ? [
        [first, part(inTime.filter((_, index) => index % 2 === 0))],
        [(first + 1) % SENDERS, part([...inTime.filter((_, index) => index % 2 === 1), ...again])],
      ]
    : [[first, part([...inTime, ...again])]];
  if (late > 0) parts.push([first, part(instances.slice(-late), random.between(1_500, 2_500))]);
  return parts.filter(([, { instances: of }]) => of.length > 0);
}
