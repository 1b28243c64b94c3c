import type { EventLog, Office } from '@waystation/event-log';
import {
  AssociationAborted,
  AssociationAccepted,
  AssociationLost,
  AssociationReleased,
  AssociationSeriesNoted,
  idOf,
  streamName,
  type RecordedEvent,
} from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import { broughtSeries } from './brought-series.js';
import { officeOfReceiver } from './receiver-life.js';

const FOLDER = officeOfReceiver('');
/**
 * For so long after a receiver is gone something of it may turn up in the log: an append that was sent takes effect within this time
 * or never. The database gives up on one after 10 s.
 */
const DOUBT_MS = 15_000;
/**
 * For so long nobody must be in office while the database answers: after an outage of it everybody's lease has run out, and who is
 * well takes it back within this time.
 */
const PATIENCE_MS = 6_000;

const ENDS: readonly string[] = [AssociationReleased.type, AssociationAborted.type, AssociationLost.type];

/** Whether an event is the end of an association. */
export const isEnd = ({ type }: Pick<RecordedEvent, 'type'>): boolean => ENDS.includes(type);

interface LostReceiver {
  readonly id: string;
  readonly office: Office;
  readonly takenAt: number;
}

/** Writes the ends of associations whose receiver is gone without a word: killed, or hung for longer than its lease. */
export class LostReceivers {
  private held: readonly LostReceiver[] = [];
  private readonly vacantSince = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    private readonly waits = { patienceMs: PATIENCE_MS, doubtMs: DOUBT_MS },
  ) {}

  /**
   * Looks once: ends what those left that nobody is in office for, and lets go of those of whom nothing can turn up any more.
   * @returns how many associations were ended
   */
  async turn(): Promise<number> {
    let ended = 0;
    for (const receiver of this.held) ended += await this.finish(receiver);
    for (const name of await this.vacant()) {
      const office = await this.log.checkpoints.take(name);
      if (office === undefined) continue;
      const receiver = { id: idOf(name), office, takenAt: performance.now() };
      this.held = [...this.held, receiver];
      ended += await this.end(receiver);
    }
    return ended;
  }

  /** Leaves to others what is not done. */
  async close(): Promise<void> {
    await Promise.all(this.held.map(({ office }) => office.giveBack()));
    this.held = [];
  }

  /** Offices that nobody was in for long enough, as far as this process has seen. */
  private async vacant(): Promise<readonly string[]> {
    const names = await this.log.checkpoints.vacant(FOLDER).catch((error: unknown) => {
      this.vacantSince.clear();
      throw error;
    });
    const now = performance.now();
    for (const name of this.vacantSince.keys()) if (!names.includes(name)) this.vacantSince.delete(name);
    for (const name of names) if (!this.vacantSince.has(name)) this.vacantSince.set(name, now);
    return names.filter((name) => now - (this.vacantSince.get(name) ?? now) >= this.waits.patienceMs);
  }

  private async finish(receiver: LostReceiver): Promise<number> {
    const { office, takenAt } = receiver;
    if (office.held && performance.now() - takenAt < this.waits.doubtMs) return 0;
    const ended = office.held ? await this.end(receiver) : 0;
    if (office.held) await this.log.checkpoints.forget(office.name);
    this.held = this.held.filter((one) => one !== receiver);
    await office.giveBack();
    return ended;
  }

  private async end({ id, office }: LostReceiver): Promise<number> {
    const from = await this.log.checkpoints.get(office.name);
    let ended = 0;
    if (from === 0) return ended;
    const open = await this.withoutEnd(id, from);
    if (open.size === 0) return ended;
    for (const [association, series] of await broughtSeries(this.log, open, from))
      if (office.held && (await this.write(association, id, [...series]))) ended++;
    return ended;
  }

  /** The associations of a receiver that nobody wrote the end of. */
  private async withoutEnd(receiver: string, from: number): Promise<ReadonlySet<string>> {
    const open = new Set<string>();
    const types = [AssociationAccepted.type, ...ENDS];
    for await (const { events } of this.log.replayTypes(types, { after: from - 1 }))
      for (const event of events)
        if (isEnd(event)) open.delete(idOf(event.stream));
        else if ((event.data as AssociationAccepted['data']).receiver === receiver) open.add(idOf(event.stream));
    return open;
  }

  /** Once: whoever else ends it in the same moment is first. */
  private async write(association: string, receiver: string, series: readonly string[]): Promise<boolean> {
    const stream = streamName.association(association);
    const known = await this.log.readStream(stream);
    if (known.some(isEnd)) return false;
    const seriesNoted = known.filter(({ type }) => type === AssociationSeriesNoted.type).length;
    const lost = AssociationLost.of({
      receiver,
      ...(series.length === 0 ? {} : { series: [...series] }),
      ...(seriesNoted === 0 ? {} : { seriesNoted }),
    });
    try {
      await this.log.append({
        parts: [{ stream, expected: known.length, events: [lost] }],
        time: this.log.clock.estimate(),
        metadata: { correlationid: stream, actor: { kind: 'service', name: 'ingest' } },
      });
      return true;
    } catch (error) {
      if (!hasCode(error, 'log.wrong-expected-version')) throw error;
      return false;
    }
  }
}
