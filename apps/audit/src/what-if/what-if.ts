import type { WhatIfLine, WhatIfSummary } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import type { ConfigurationDocument, RecordedEvent } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { ConfigurationVersions } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { Again } from './again.js';
import { JobCount } from './job-count.js';
import { JobsAgain, type ProcessedBy } from './jobs-again.js';
import { PastDecisions } from './past-decisions.js';
import { PastJobs, type RoutedJob } from './past-jobs.js';
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
    const [count, jobCount] = [new SummaryCount(), new JobCount()];
    const versions = new ConfigurationVersions(this.log);
    const again = new Again(new PastDecisions(this.log, this.identities, versions, document), document, count);
    const processedBy: ProcessedBy = (series, revision) => again.processedBy(series, revision);
    const past = new PastJobs(this.log, this.identities, versions);
    const jobs = new JobsAgain(past, versions, processedBy, document, jobCount);
    const pages = this.log.replayTypes(['series.routed.v1', 'job.routed.v1'], { after, through });
    for await (const { events, through: position } of pages) {
      for (let from = 0; from < events.length; from += TOGETHER) {
        const some = events.slice(from, from + TOGETHER);
        // A job is behind the decision that had it requested: what is known of that is of use.
        for (const difference of await again.decide(some.filter(isRouted))) yield { difference };
        for (const routed of some.filter(isRoutedJob)) {
          const job = await jobs.decide(routed);
          if (job) yield { job };
        }
      }
      yield { progress: { position, to: through, decisions: count.decisions, different: count.different } };
    }
    return { ...count.summary({ from: after + 1, to: through }), jobs: jobCount.summary() };
  }
}

const isRouted = (event: RecordedEvent): event is Routed => event.type === 'series.routed.v1';
const isRoutedJob = (event: RecordedEvent): event is RoutedJob => event.type === 'job.routed.v1';
