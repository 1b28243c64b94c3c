import { routingHeader, wantedElements, type WantedElements } from '@waystation/dicom';
import { configurationDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** The configuration is looked at once in so many milliseconds, not once per object. */
const FRESH_MS = 1000;

/** What the configuration in force says about objects that come in. */
export interface ReceivingConfiguration {
  /** What a series that opens now will wait for. */
  readonly quietPeriodMs: number;
  /** What is read from the data sets. */
  readonly wanted: WantedElements;
}

/** Looks up what is in force. */
export class ConfigurationInForce {
  private version: number | undefined;
  private known: ReceivingConfiguration = { quietPeriodMs: 0, wanted: routingHeader };
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly commands: CommandHandler) {}

  /** Throws `log.unavailable`. */
  async current(): Promise<ReceivingConfiguration> {
    if (performance.now() - this.readAt <= FRESH_MS) return this.known;
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    if (state.version !== this.version) {
      const { completion, facts } = state.document;
      const quietPeriodMs = Math.round(completion.quietPeriodSeconds * 1000);
      this.known = { quietPeriodMs, wanted: wantedElements(facts.additional) };
      this.version = state.version;
    }
    this.readAt = performance.now();
    return this.known;
  }
}
