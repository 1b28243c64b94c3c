import {
  configurationDecider,
  notificationDecider,
  type FinishNotifying,
  type KnownNotification,
} from '@waystation/domain';
import { RetryPolicy, streamName, type EventMetadata, type NotificationChannel } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { failure, type Outcome } from './channels/outcome.js';
import type { SendByChannel } from './channels/send-by-channel.js';
import { valuesOf, type ValuesFrom } from './values-of.js';

/** Trying again cannot help: somebody has to change the configuration. */
const final: ReadonlySet<string> = new Set(['template.invalid', 'notification.no-identity-key', 'identity.damaged']);

/**
 * One attempt: write down that it begins, tell, write down how it ended. Whoever calls holds the notification's timer; a
 * second worker cannot win the same attempt, because the stream's version decides.
 */
export class AttemptNotification {
  constructor(
    private readonly from: ValuesFrom,
    private readonly send: SendByChannel,
    private readonly worker: string,
  ) {}

  /** @returns false where there was nothing to attempt any more */
  async run(stream: string, signal: AbortSignal): Promise<boolean> {
    const { commands } = this.from;
    const { state: configuration } = await commands.load(configurationDecider, streamName.configuration);
    const { state: waiting } = await commands.load(notificationDecider, stream);
    if (waiting.status === 'unknown') throw new CodedError('dispatch.unknown-notification', `the log has no ${stream}`);
    const channel = configuration.document.notificationChannels.find(({ name }) => name === waiting.request.channel);
    const retry = channel?.retry ?? RetryPolicy.parse({});
    const start = {
      kind: 'start-notifying',
      worker: this.worker,
      configurationVersion: configuration.version,
      identity: channel?.identity ?? false,
      retry,
    } as const;
    const { state } = await commands.handle(notificationDecider, stream, start, {
      metadata: causedBy(waiting, waiting.waitingPosition),
    });
    if (state.status !== 'attempting') return false;
    const startedAt = performance.now();
    const outcome = await this.tell(state, channel, signal);
    const finish: FinishNotifying = {
      kind: 'finish-notifying',
      attempt: state.attempt,
      durationMs: Math.round(performance.now() - startedAt),
      outcome,
      retry,
      jitter: Math.random(),
    };
    await commands.handle(notificationDecider, stream, finish, { metadata: causedBy(state, state.attemptPosition) });
    return true;
  }

  private async tell(
    { request, attempt, mayRepeat }: KnownNotification,
    channel: NotificationChannel | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (channel === undefined) {
      const sentence = `no channel '${request.channel}' is configured any more; configure it and ask for the notification again`;
      return failure('notification.unknown-channel', sentence, { retryable: false });
    }
    try {
      const values = await valuesOf(request, channel.identity, this.from);
      const outcome = await this.send(channel, { values, attempt, mayRepeat }, signal);
      return 'receipt' in outcome || !signal.aborted ? outcome : stopped;
    } catch (error) {
      if (signal.aborted) return stopped;
      const code = error instanceof CodedError ? error.code : 'notification.failed';
      return failure(code, messageOf(error), { retryable: !final.has(code) });
    }
  }
}

const stopped = failure('dispatch.stopped', 'the dispatcher was stopped in the middle of the attempt', {
  by: 'waystation',
  uncertain: true,
});

/** A notification belongs to its series or study; each event names the one that led to it. */
const causedBy = (
  { request: { seriesInstanceUid, studyInstanceUid } }: KnownNotification,
  position: number | undefined,
): EventMetadata => ({
  correlationid:
    seriesInstanceUid === undefined ? streamName.study(studyInstanceUid) : streamName.series(seriesInstanceUid),
  ...(position === undefined ? {} : { causationid: position }),
});
