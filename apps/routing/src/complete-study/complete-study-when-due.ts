import {
  configurationDecider,
  nextLook,
  studyDecider,
  studyWaitsQueue,
  waitingCollections,
  whatAStudyWaitsFor,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { loadPendingSeries, LOGGER, TimerService, type DueTimer, type Logger } from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';

/** A quarter of a minute: longer than any pause of a healthy process, shorter than anybody's patience. */
const LEASE_MS = 15_000;

/**
 * When the timer of a study goes off: for each rule that waits, complete it, force it, or look again when that may be
 * otherwise. Whoever matches or decides a series of the study sets the timer anew.
 */
@Injectable()
export class CompleteStudyWhenDue extends TimerService {
  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(log, logger, { queue: studyWaitsQueue, concurrency: () => 8, leaseMs: LEASE_MS });
  }

  protected async handle({ stream, claimedAt: now }: DueTimer): Promise<void> {
    const { state: study } = await this.commands.load(studyDecider, stream);
    const waiting = waitingCollections(study);
    if (waiting.length === 0) return;
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const { document } = state;
    // Only who might be complete asks the series: most looks find that it is too early.
    const ripe = waiting.filter((one) => whatAStudyWaitsFor(one, document, now, []).what !== 'wait');
    // Who only waits on where any series is pending needs to know of one.
    const isOneEnough = ripe.every((one) => whatAStudyWaitsFor(one, document, now, ['any']).what === 'wait');
    const pending = ripe.length === 0 ? [] : await loadPendingSeries(this.commands, study, isOneEnough ? 1 : undefined);
    const configuration = { version: state.version, sha256: state.sha256 };
    let after = study;
    for (const { rule, lastMatchPosition } of ripe) {
      const command = { kind: 'ask-study', rule, now, configuration, document, pending } as const;
      const metadata = { correlationid: stream, causationid: lastMatchPosition };
      after = (await this.commands.handle(studyDecider, stream, command, { metadata })).state;
    }
    const next = nextLook(after, document, now, pending);
    if (next !== undefined) await this.log.timers.rearm(stream, next);
  }
}
