import type { EventLog } from '@waystation/event-log';
import { CodedError, hasCode } from '@waystation/kernel';
import { newSpoolWriterName } from '@waystation/object-store';
import { officeOfReceiver, ReceiverLife } from './receiver-life.js';

/**
 * This process as a receiver. Its office says that it is well; where it is lost and others have written that its associations
 * are, they are broken off, and a new life begins with the next one.
 */
export class OwnReceiver {
  private current: Promise<ReceiverLife> | undefined;
  private saved = 0;

  /** @param onOver told of a life whose associations others have ended */
  constructor(
    private readonly log: Pick<EventLog, 'checkpoints' | 'head'>,
    private readonly onOver: (life: ReceiverLife) => void,
  ) {}

  /** The life that accepts associations now. @throws CodedError `log.unavailable` */
  async life(): Promise<ReceiverLife> {
    const known = await this.current?.catch(() => undefined);
    if (known?.office.held === false) await this.takeBack(known);
    this.current ??= this.begin().catch((error: unknown) => {
      this.current = undefined;
      throw error;
    });
    return this.current;
  }

  /** Makes known from where on associations may have no end, and finds out whether the life is over. */
  async keepUp(): Promise<void> {
    const life = await this.current?.catch(() => undefined);
    if (life === undefined) return;
    if (life.office.held) await this.save(life);
    else await this.takeBack(life);
  }

  /** After the last association: nobody has to look for any. What has no end all the same is left to the next receiver. */
  async close(): Promise<void> {
    const life = await this.current?.catch(() => undefined);
    this.current = undefined;
    if (life === undefined) return;
    if (life.office.held && life.associations.size === 0)
      await this.log.checkpoints.forget(life.office.name).catch(() => undefined);
    await life.office.giveBack();
  }

  private async save(life: ReceiverLife): Promise<void> {
    const { from } = life;
    if (from === undefined || from === this.saved) return;
    await life.office.save(life.office.name, from).catch((error: unknown) => {
      if (!hasCode(error, 'log.office-lost')) throw error;
    });
    this.saved = from;
  }

  /** Where nobody took it the life goes on; otherwise it is over when whoever did is done. */
  private async takeBack(life: ReceiverLife): Promise<void> {
    const { checkpoints } = this.log;
    const office = await checkpoints.take(life.office.name);
    if (office === undefined) return;
    if ((await checkpoints.get(office.name)) > 0) {
      life.office = office;
      return;
    }
    await office.giveBack();
    this.current = undefined;
    this.onOver(life);
  }

  private async begin(): Promise<ReceiverLife> {
    const { checkpoints } = this.log;
    const from = Math.max(1, (await this.log.head()).position);
    const id = newSpoolWriterName();
    const office = await checkpoints.take(officeOfReceiver(id));
    if (office === undefined) throw new CodedError('ingest.receiver-lost', `the office of receiver ${id} is taken`);
    try {
      await checkpoints.set(office.name, from);
    } catch (error) {
      await office.giveBack();
      throw error;
    }
    this.saved = from;
    return new ReceiverLife(id, office, from);
  }
}
