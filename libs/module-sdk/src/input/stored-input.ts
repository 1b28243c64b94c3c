import type { ObjectStore } from '@waystation/object-store';
import type { InputInstance, InputSeries, ProcessingInput } from '../module/processing-input.js';
import type { SourceInstance } from './source-instance.js';
import { StoredInstance } from './stored-instance.js';

/** The input of a job: its series one after another, each in the order of its Instance Numbers. */
export class StoredInput implements ProcessingInput {
  readonly instances: readonly InputInstance[];
  readonly series: readonly InputSeries[];

  constructor(
    readonly studyInstanceUid: string,
    sources: readonly SourceInstance[],
    objects: Pick<ObjectStore, 'get'>,
  ) {
    const bySeries = new Map<string, InputInstance[]>();
    for (const source of sources) {
      const instances = bySeries.get(source.seriesInstanceUid) ?? [];
      instances.push(new StoredInstance(source, objects));
      bySeries.set(source.seriesInstanceUid, instances);
    }
    this.series = [...bySeries].map(seriesOf);
    this.instances = this.series.flatMap(({ instances }) => instances);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<InputInstance> {
    yield* this.instances;
  }
}

const seriesOf = ([seriesInstanceUid, unordered]: readonly [string, readonly InputInstance[]]): InputSeries => {
  const instances = unordered.toSorted((one, other) => numberOf(one) - numberOf(other));
  const [first] = instances;
  const studyInstanceUid = first?.studyInstanceUid ?? '';
  return { seriesInstanceUid, studyInstanceUid, modality: first?.facts['Modality'], instances };
};

/** Those that say no number come last; a sort leaves equal ones as they are. */
const numberOf = ({ facts }: InputInstance): number => {
  const number = Number.parseInt(facts['InstanceNumber'] ?? '', 10);
  return Number.isNaN(number) ? Number.MAX_SAFE_INTEGER : number;
};
