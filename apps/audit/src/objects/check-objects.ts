import type { ObjectsLine, ObjectsSummary } from '@waystation/answers';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import { KeyLedger } from './key-ledger.js';
import { mentioning, mentionsIn } from './mentions-in.js';
import { NamedInLog } from './named-in-log.js';
import { unnamedObjects } from './unnamed-objects.js';

/** Compares the log with the object store, both ways. Changes nothing. */
export class CheckObjects {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
  ) {}

  /**
   * Names every object that no event names, and every one that an event names and that is not there.
   * @param olderThanMs younger objects without an event are on their way, and left out
   * @throws what the log and the object store throw
   */
  async *run(olderThanMs: number): AsyncGenerator<ObjectsLine, ObjectsSummary> {
    const before = Date.parse(await this.log.now()) - olderThanMs;
    const { commands, objects } = this;
    const names = new NamedInLog(this.log);
    await names.catchUp();
    const stored = new KeyLedger();
    const found = { unnamed: 0, bytes: 0, missing: 0 };
    const look = ({ key }: { readonly key: string }): void => stored.set(key, 'stored');
    for await (const batch of unnamedObjects({ commands, objects, names }, before, look)) {
      yield { progress: { position: names.through, objects: stored.size } };
      for (const { key, size, modifiedAt } of batch) {
        found.unnamed++;
        found.bytes += size;
        yield { unnamed: { key, size, modifiedAt: new Date(modifiedAt).toISOString() } };
      }
    }
    const count = stored.size;
    for await (const line of this.missing(names, stored)) {
      if ('missing' in line) found.missing++;
      yield line;
    }
    return { objects: count, ...found };
  }

  /** Goes through the log once more, for where a key that is not there was named; the first place is told. */
  private async *missing(names: NamedInLog, stored: KeyLedger): AsyncGenerator<ObjectsLine> {
    for await (const { through, events } of this.log.replayTypes(mentioning, { after: 0 })) {
      yield { progress: { position: through, objects: stored.size } };
      for (const { position, stream, ...event } of events)
        for (const { key } of mentionsIn(event)) {
          if (!names.vouchesFor(key) || stored.get(key) !== undefined) continue;
          stored.set(key, 'stored');
          if (await this.isMissing(names, key)) yield { missing: { key, stream, position } };
        }
    }
  }

  /** It may have come since the store was gone through, or may be kept no longer since. */
  private async isMissing(names: NamedInLog, key: string): Promise<boolean> {
    if ((await this.objects.stat(key)) !== undefined) return false;
    await names.catchUp();
    return names.vouchesFor(key);
  }
}
