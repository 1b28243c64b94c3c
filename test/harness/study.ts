import type { StudyLine } from '@waystation/answers';
import { syntheticSeries, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { sendAll } from './sending.js';
import { eventually, type HistoryEntry, type Waystation } from './waystation.js';

/** A study as a scanner makes it, and what Waystation says of it. */
export class Study {
  readonly uid = syntheticUid();

  constructor(
    private readonly waystation: Waystation,
    private readonly dicomPort: number,
  ) {}

  /** A series of this study that nobody sent yet. */
  series(number: number, seriesDescription: string, count = 2): readonly SyntheticInstance[] {
    const overrides = { SeriesNumber: String(number) };
    return syntheticSeries(count, { studyInstanceUid: this.uid, modality: 'MR', seriesDescription, overrides });
  }

  /** Sends objects of one series, and has the series count as complete. */
  async bring(instances: readonly SyntheticInstance[]): Promise<void> {
    await sendAll(this.dicomPort, instances);
    await this.complete(instances);
  }

  /** Has a series count as complete with what came of it. */
  async complete(instances: readonly SyntheticInstance[]): Promise<void> {
    await this.waystation.json('complete', instances[0]?.seriesInstanceUid ?? '');
  }

  /** Waits until what a rule has collected is as told. */
  async line(rule: string, isAsTold: (line: StudyLine) => boolean): Promise<StudyLine> {
    return eventually(`the line of ${this.uid} for ${rule}`, async () => {
      const [line] = await this.lines(rule);
      return line && isAsTold(line) ? line : undefined;
    });
  }

  lines(rule: string): Promise<readonly StudyLine[]> {
    const query = new URLSearchParams({ study: this.uid, rule, status: 'any' });
    return this.waystation.get(`/api/studies?${query.toString()}`);
  }

  /** Events of the study's own stream. */
  async events(type: string): Promise<readonly HistoryEntry[]> {
    const history = await this.waystation.get<readonly HistoryEntry[]>(`/api/studies/${this.uid}/history`);
    return history.filter((entry) => entry.type === type && entry.subject === `study/${this.uid}`);
  }

  /** What an event of a kind says, once there are so many of them. */
  async told(type: string, count: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return eventually(`${count} ${type} of ${this.uid}`, async () => {
      const found = await this.events(type);
      return found.length >= count ? found.map(({ data }) => data) : undefined;
    });
  }
}
