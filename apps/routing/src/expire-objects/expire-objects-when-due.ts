import {
  configurationDecider,
  jobDecider,
  letsAnythingGo,
  retentionQueue,
  seriesDecider,
  type RetentionOutlook,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { categoryOf, streamName } from '@waystation/events';
import { instantAfter, type Instant } from '@waystation/kernel';
import {
  LOGGER,
  readOutlookOfJob,
  readOutlookOfSeries,
  TimerService,
  type DueTimer,
  type Logger,
  type RetentionQuestion,
} from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';

/** A quarter of a minute: longer than any pause of a healthy process, shorter than anybody's patience. */
const LEASE_MS = 15_000;
/** What is kept for ever where other things are not is looked at again when the configuration says otherwise. */
const NEVER: Instant = '9999-01-01T00:00:00.000Z';
/** How often it is looked at what goes on. */
const LOOK_MS = 3_600_000;

/**
 * When the timer of a series or job goes off that is over: lets its objects go, or looks again when it may be time. Nothing
 * is erased here; what is let go is in the log first.
 */
@Injectable()
export class ExpireObjectsWhenDue extends TimerService {
  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(log, logger, { queue: retentionQueue, concurrency: () => 4, leaseMs: LEASE_MS });
  }

  protected async handle({ stream, claimedAt: now }: DueTimer): Promise<void> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    if (!letsAnythingGo(configuration.document)) return;
    const isSeries = categoryOf(stream) === 'series';
    const question = { now, configuration };
    const outlook = await (isSeries ? this.ofSeries(stream, question) : this.ofJob(stream, question));
    const next = nextLook(outlook, { now, keptMs: shortestMs(configuration.document.retention) });
    if (next !== undefined) await this.log.timers.rearm(stream, next);
  }

  private async ofSeries(stream: string, question: RetentionQuestion): Promise<RetentionOutlook> {
    const { state } = await this.commands.load(seriesDecider, stream);
    // The end of a hold sets the timer.
    if (state.status === 'unknown' || state.hold !== undefined) return { what: 'gone' };
    const { outlook, command, unchanged } = await readOutlookOfSeries(this.commands, state, question);
    if (outlook.what === 'expires')
      await this.commands.handle(seriesDecider, stream, command, {
        metadata: { correlationid: streamName.association(state.source.association) },
        alongside: (events) => (events.length === 0 ? [] : unchanged),
      });
    return outlook;
  }

  private async ofJob(stream: string, question: RetentionQuestion): Promise<RetentionOutlook> {
    const { state } = await this.commands.load(jobDecider, stream);
    if (state.status === 'unknown') return { what: 'gone' };
    const { outlook, command, unchanged } = await readOutlookOfJob(this.commands, state, question);
    if (outlook.what === 'expires')
      await this.commands.handle(jobDecider, stream, command, {
        alongside: (events) => (events.length === 0 ? [] : unchanged.filter((part) => part.stream !== stream)),
      });
    return outlook;
  }
}

/** Undefined where an append has set the timer, or nothing is left to look at. */
const nextLook = (
  outlook: RetentionOutlook,
  { now, keptMs }: { readonly now: Instant; readonly keptMs: number },
): Instant | undefined => {
  if (outlook.what === 'kept') return outlook.kept.until ?? NEVER;
  // Who keeps something for seconds does not want to wait for an hour.
  return outlook.what === 'stays' ? instantAfter(now, Math.min(LOOK_MS, Math.max(1000, keptMs))) : undefined;
};

const DAY_MS = 86_400_000;

/** The shortest time for which anything is kept, milliseconds. */
const shortestMs = ({ keep, policies }: RetentionQuestion['configuration']['document']['retention']): number =>
  DAY_MS *
  [keep, ...policies.map((policy) => policy.keep)]
    .flatMap((one) => Object.values(one))
    .reduce<number>((least, days) => Math.min(least, days ?? least), Number.POSITIVE_INFINITY);
