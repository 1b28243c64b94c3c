import { routingHeader, wantedElements, type WantedElements } from '@waystation/dicom';
import { completionFor, configurationDecider, shortestQuietPeriodMs } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type ConfigurationDocument } from '@waystation/events';

/** The configuration is looked at once in so many milliseconds, not once per object. */
const FRESH_MS = 1000;

/** What the configuration in force says about objects that come in. */
export interface ReceivingConfiguration {
  /** When it will be asked whether a series is complete that comes to a title of ours now. */
  readonly completionFor: (calledAeTitle: string) => ReceivingCompletion;
  /** What is read from the data sets. */
  readonly wanted: WantedElements;
}

/** When to ask whether a series is complete. */
export interface ReceivingCompletion {
  /** After so long without an object. */
  readonly quietPeriodMs: number;
  /** Once as many are there as this fact says; undefined where no fact is asked. */
  readonly expectedCountFrom: string | undefined;
}

/** Looks up what is in force. */
export class ConfigurationInForce {
  private version: number | undefined;
  private known: ReceivingConfiguration = { completionFor: () => unknownCompletion, wanted: routingHeader };
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly commands: CommandHandler) {}

  /** Throws `log.unavailable`. */
  async current(): Promise<ReceivingConfiguration> {
    if (performance.now() - this.readAt <= FRESH_MS) return this.known;
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    if (state.version !== this.version) {
      const { document } = state;
      this.known = { completionFor: byTitle(document), wanted: wantedElements(document.facts.additional) };
      this.version = state.version;
    }
    this.readAt = performance.now();
    return this.known;
  }
}

const unknownCompletion: ReceivingCompletion = { quietPeriodMs: 0, expectedCountFrom: undefined };

/** Callers may call any title where all are accepted: more than these are not remembered at the same time. */
const MOST_TITLES = 1000;

/** Worked out once for each title, not for each object. */
const byTitle = (document: ConfigurationDocument): ReceivingConfiguration['completionFor'] => {
  const known = new Map<string, ReceivingCompletion>();
  return (calledAeTitle) => {
    const completion = known.get(calledAeTitle) ?? {
      quietPeriodMs: shortestQuietPeriodMs(document, calledAeTitle),
      expectedCountFrom: completionFor(document, calledAeTitle).expectedCountFrom,
    };
    if (known.size >= MOST_TITLES) known.clear();
    known.set(calledAeTitle, completion);
    return completion;
  };
};
