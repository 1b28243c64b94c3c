import {
  causeOfCompletion,
  configurationDecider,
  identitiesToOpen,
  identityOf,
  nextLookAt,
  quietPeriodOf,
  representativeOf,
  rulesSayQuietPeriod,
  seriesDecider,
  seriesQuietQueue,
  type KnownSeries,
  type QuietPeriod,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type EventMetadata } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { LOGGER, TimerService, type DueTimer, type Logger } from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';
import { openIdentity } from '../ask-rules/open-identity.js';

/** A quarter of a minute: longer than any pause of a healthy process, shorter than anybody's patience. */
const LEASE_MS = 15_000;
/** The series as it is now, not as it was behind some event. */
const ALL = Number.POSITIVE_INFINITY;

/**
 * When the timer of a series goes off: complete it, or look again when it may be time. The timer is set once when objects
 * begin to arrive, so that an object costs no timer write; how long the series has to be quiet is asked only then.
 */
@Injectable()
export class CompleteSeriesWhenQuiet extends TimerService {
  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(log, logger, { queue: seriesQuietQueue, concurrency: () => 8, leaseMs: LEASE_MS });
  }

  protected async handle({ stream, claimedAt }: DueTimer): Promise<void> {
    const { state: quiet } = await this.commands.load(seriesDecider, stream);
    if (quiet.status === 'unknown') return;
    const quietPeriod = await this.quietPeriodOf(quiet);
    const command = { kind: 'complete-series', now: claimedAt, quietPeriod } as const;
    // Should an object arrive between here and the decision, it is too early to complete: the cause stays true.
    const metadata: EventMetadata = {
      correlationid: streamName.association(quiet.source.association),
      causationid: causeOfCompletion(quiet, claimedAt),
    };
    const { state } = await this.commands.handle(seriesDecider, stream, command, { metadata });
    if (state.status === 'receiving') await this.log.timers.rearm(stream, nextLookAt(state, quietPeriod.ms));
  }

  /** By the configuration in force; the rules are asked only where one of them has a quiet period of its own. */
  private async quietPeriodOf(state: KnownSeries): Promise<QuietPeriod> {
    const { document } = (await this.commands.load(configurationDecider, streamName.configuration)).state;
    if (!rulesSayQuietPeriod(document)) return quietPeriodOf(state, document, { identity: {} });
    const representative = representativeOf(state, ALL);
    const opened = await openIdentity(this.identities, {
      representative: representative && identityOf(state, representative),
      each: (known) => identitiesToOpen(state, ALL, document, known),
    });
    return quietPeriodOf(state, document, opened);
  }
}
