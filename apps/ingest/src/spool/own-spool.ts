import type { Checkpoints } from '@waystation/event-log';
import { CodedError } from '@waystation/kernel';
import {
  contentKey,
  newSpoolWriterName,
  SpoolFolder,
  SpoolWriter,
  type NewObject,
  type SpoolPlace,
} from '@waystation/object-store';
import { DOUBT_MS, officeOfSpool, type HeldSpool } from './held-spool.js';
import { labelText, type ObjectLabel } from './object-label.js';
import type { KeptObject, ObjectKeeping } from './object-keeping.js';
import { SpoolProgress } from './spool-progress.js';

/** A spool that this process writes to, while it holds its office. */
interface OwnLife extends HeldSpool {
  readonly writer: SpoolWriter;
}

/**
 * Objects go to a spool of this process: Success waits for the local disk and the log only. Where the office is lost, because
 * the process hung or the database was away, another may be emptying the folder already: it is left to whoever that is, and a
 * new one is begun.
 */
export class OwnSpool implements ObjectKeeping {
  private current: Promise<OwnLife> | undefined;

  /**
   * @param root where the folders of all writers are
   * @param onArrival called when an object came and was dealt with
   */
  constructor(
    private readonly root: string,
    private readonly checkpoints: Checkpoints,
    private readonly onArrival: () => void,
  ) {}

  async keep(object: NewObject, label: ObjectLabel): Promise<KeptObject> {
    const life = await this.inOffice();
    const place = await life.writer.keep(object, labelText(label));
    life.progress.added(place.file, object.size, Date.now());
    return {
      key: contentKey(object.sha256),
      durable: Promise.resolve(),
      spool: `${life.writer.name}/${Number.parseInt(place.file, 10)}/${place.offset}`,
      writtenBy: (writing) => this.write(life, place, writing),
    };
  }

  /** The spool that is written to now; undefined where there is none. */
  async held(): Promise<HeldSpool | undefined> {
    const life = await this.current?.catch(() => undefined);
    return life?.office.held === true ? life : undefined;
  }

  /** Finishes the segment that is being written where nothing came for a while, so that it can go. */
  async rest(idleMs: number): Promise<void> {
    await (await this.current?.catch(() => undefined))?.writer.finishWhenIdle(idleMs);
  }

  /** Writes no more. The office stays held. */
  async close(): Promise<void> {
    await (await this.current?.catch(() => undefined))?.writer.close();
  }

  private async write<Result>(life: OwnLife, place: SpoolPlace, writing: () => Promise<Result>): Promise<Result> {
    let doubtMs = DOUBT_MS;
    try {
      assertHeld(life);
      const result = await writing();
      doubtMs = 0;
      // Whoever takes the office after this looks at a log that has the event.
      assertHeld(life);
      return result;
    } finally {
      life.writer.settle(place, doubtMs);
      this.onArrival();
    }
  }

  private async inOffice(): Promise<OwnLife> {
    const known = this.current;
    const life = await known?.catch(() => undefined);
    if (life?.office.held === true) return life;
    // Of all that find this out at the same time, the first begins another.
    if (this.current === known) {
      this.current = undefined;
      await life?.writer.close().catch(() => undefined);
    }
    this.current ??= this.begin();
    return this.current;
  }

  private async begin(): Promise<OwnLife> {
    const name = newSpoolWriterName();
    const office = await this.checkpoints.take(officeOfSpool(name));
    if (office === undefined) throw new CodedError('ingest.spool-lost', `the office of spool ${name} is taken`);
    try {
      await this.checkpoints.set(officeOfSpool(name), 1);
      const writer = await SpoolWriter.create(this.root, name);
      return {
        office,
        writer,
        folder: new SpoolFolder(this.root, name),
        progress: new SpoolProgress(),
        isFinished: (file) => writer.isFinished(file),
        isSettled: (file) => writer.isSettled(file),
        forget: (file) => writer.forget(file),
      };
    } catch (error) {
      await this.checkpoints.forget(officeOfSpool(name)).catch(() => undefined);
      await office.giveBack();
      throw error;
    }
  }
}

const assertHeld = ({ office, writer }: OwnLife): void => {
  if (office.held) return;
  const message = `the office of spool ${writer.name} was lost, and another process may be emptying it: send the object again`;
  throw new CodedError('ingest.spool-lost', message);
};
