import type { WhatIfLine, WhatIfSummary } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import type { ConfigurationDocument } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { Injectable } from '@nestjs/common';
import { Again } from './again.js';
import { PastDecisions } from './past-decisions.js';
import type { Routed } from './series-before.js';
import { SummaryCount } from './summary-count.js';

/** Decisions that are gathered at once. */
const TOGETHER = 200;

/** What is asked of the past. */
export interface WhatIfQuestion {
  readonly document: ConfigurationDocument;
  /** Decisions behind this position, up to and with the other. */
  readonly after: number;
  readonly through: number;
}

/** Makes every decision of the past again by other rules. Reads; nothing is sent and nothing changes. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly log: EventLog,
    private readonly identities: Identities,
  ) {}

  /**
   * Tells what would differ, and at the end how much. Whoever does not ask for more ends it.
   * @throws CodedError `configuration.unknown-version`, `what-if.no-representative`, `log.unavailable`
   */
  async *run({ document, after, through }: WhatIfQuestion): AsyncGenerator<WhatIfLine, WhatIfSummary> {
    const count = new SummaryCount();
    const again = new Again(new PastDecisions(this.log, this.identities, document), document, count);
    const pages = this.log.replayTypes(['series.routed.v1'], { after, through });
    for await (const { events, through: position } of pages) {
      const decisions = events as readonly Routed[];
      for (let from = 0; from < decisions.length; from += TOGETHER)
        for (const difference of await again.decide(decisions.slice(from, from + TOGETHER))) yield { difference };
      yield { progress: { position, to: through, decisions: count.decisions, different: count.different } };
    }
    return count.summary({ from: after + 1, to: through });
  }
}
