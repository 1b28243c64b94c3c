import { erasureQueue, jobDecider, livingObjects, seriesDecider } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { categoryOf } from '@waystation/events';
import { CodedError, instantAfter } from '@waystation/kernel';
import { isContentKey, type ObjectStore } from '@waystation/object-store';
import { LOGGER, OBJECT_STORE, TimerService, type DueTimer, type Logger } from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';

const LEASE_MS = 60_000;
/** Keys given to the object store at once. */
const CHUNK = 500;
/**
 * How long an object whose bytes are being erased is refused where it would get the same key again. Longer than a receiver
 * takes from finding the bytes there to writing down that it has them.
 */
const SETTLE_MS = 60_000;

/** What became of the keys of an expiry. */
interface Erasure {
  readonly erased: number;
  readonly kept: number;
}

/**
 * Erases the bytes of what the log says is kept no longer, and writes down that they are gone. Done as often as it takes:
 * whoever dies in between leaves the timer, and what is gone already is gone.
 */
@Injectable()
export class EraseObjectsWhenExpired extends TimerService {
  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(log, logger, { queue: erasureQueue, concurrency: () => 2, leaseMs: LEASE_MS });
  }

  protected handle(timer: DueTimer): Promise<void> {
    return categoryOf(timer.stream) === 'series' ? this.ofSeries(timer) : this.ofJob(timer);
  }

  private async ofSeries({ stream, claimedAt }: DueTimer): Promise<void> {
    const { state } = await this.commands.load(seriesDecider, stream);
    const expiry = state.status === 'unknown' ? undefined : state.expiries.find(({ erased }) => !erased);
    if (state.status === 'unknown' || expiry === undefined) return;
    const needed = new Set(livingObjects(state).map(({ object }) => object.key));
    const keys = expiry.objects.map(({ key }) => key);
    const erasure = await this.erase(stream, keys, needed);
    const settled = instantAfter(expiry.at, SETTLE_MS);
    if (keys.some(isContentKey) && claimedAt < settled) return this.log.timers.rearm(stream, settled);
    await this.commands.handle(
      seriesDecider,
      stream,
      { kind: 'note-erased', expired: expiry.position, ...erasure },
      { metadata: { causationid: expiry.position } },
    );
  }

  private async ofJob({ stream }: DueTimer): Promise<void> {
    const { state } = await this.commands.load(jobDecider, stream);
    if (state.status === 'unknown' || state.expiry === undefined || state.expiry.erased) return;
    const { position, prefixes } = state.expiry;
    const keys: string[] = [];
    for (const prefix of prefixes) for await (const { key } of this.objects.list(prefix)) keys.push(key);
    const erasure = await this.erase(stream, keys, new Set());
    await this.commands.handle(
      jobDecider,
      stream,
      { kind: 'note-erased', expired: position, ...erasure },
      { metadata: { causationid: position } },
    );
  }

  /** @throws CodedError `routing.erasure-lost` where another process erases by now, as it does when this one stood still */
  private async erase(stream: string, keys: readonly string[], needed: ReadonlySet<string>): Promise<Erasure> {
    const gone = keys.filter((key) => !needed.has(key));
    for (let start = 0; start < gone.length; start += CHUNK) {
      // What the other one was done with may be there again.
      if (!(await this.log.timers.extend(stream, LEASE_MS)))
        throw new CodedError('routing.erasure-lost', `another process erases what ${stream} lets go`);
      await this.objects.remove(...gone.slice(start, start + CHUNK));
    }
    return { erased: gone.length, kept: keys.length - gone.length };
  }
}
