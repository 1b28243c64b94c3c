import type { DifferentJob } from '@waystation/answers';
import {
  decideJobAgain,
  failureReportModule,
  isSameProcessing,
  isSameStudy,
  type JobAgain,
  type NamedRule,
} from '@waystation/domain';
import type { ConfigurationDocument, JobRequested } from '@waystation/events';
import type { ConfigurationVersions } from '@waystation/service';
import type { JobCount } from './job-count.js';
import type { PastJobs, RoutedJob } from './past-jobs.js';

/** The rules of the other document that would have a series processed; `undecided` where nobody knows. */
export type ProcessedBy = (seriesInstanceUid: string, revision: number) => Promise<readonly string[] | 'undecided'>;

type Request = JobRequested['data'];

/** Decides over again what follows from jobs, by what their modules found then, and counts. */
export class JobsAgain {
  constructor(
    private readonly past: PastJobs,
    private readonly versions: ConfigurationVersions,
    private readonly processedBy: ProcessedBy,
    private readonly document: ConfigurationDocument,
    private readonly count: JobCount,
  ) {}

  /** @returns undefined where nothing else would follow, or nobody knows; that is counted */
  async decide(routed: RoutedJob): Promise<DifferentJob | undefined> {
    const request = await this.past.requestOf(routed);
    const { job, module, rule, studyInstanceUid, seriesInstanceUid } = request;
    // Whoever asked for it by hand decided what follows.
    if (rule === undefined || module === failureReportModule) return undefined;
    const again = await this.#again(routed, request, rule);
    if (typeof again === 'string') this.count.add(again);
    else if ('runs' in again) this.count.runs(again.runs);
    else {
      this.count.different(again);
      const { position, recordedtime } = routed;
      const series = seriesInstanceUid === undefined ? {} : { seriesInstanceUid };
      return { position, recordedtime, job, module, rule, studyInstanceUid, ...series, ...again };
    }
    return undefined;
  }

  async #again(routed: RoutedJob, request: Request, name: string): Promise<JobAgain | 'forgotten' | 'undecided'> {
    const was = { document: (await this.versions.of(request.configuration.version)).document, rule: name };
    const names = await this.#namesOf(request, was);
    if (names === 'undecided') return names;
    const other = (rule: string): NamedRule => ({ document: this.document, rule });
    const rule = names.includes(name) ? name : names.find((one) => isSameProcessing(was, other(one)));
    // The decision that had it requested tells so itself.
    if (rule === undefined) return 'not-requested';
    if (isSameProcessing(was, other(rule))) return 'same';
    const steps = await this.past.stepsTo(routed, asksResults(this.document, rule));
    return steps === undefined ? 'forgotten' : decideJobAgain(steps, rule, this.document);
  }

  /** The rules that would have the series or study processed. */
  async #namesOf({ seriesInstanceUid, revision }: Request, was: NamedRule): Promise<readonly string[] | 'undecided'> {
    if (seriesInstanceUid !== undefined) return this.processedBy(seriesInstanceUid, revision);
    return isSameStudy(was, { document: this.document, rule: was.rule }) ? [was.rule] : [];
  }
}

const asksResults = ({ rules }: ConfigurationDocument, name: string): boolean =>
  rules.some((rule) => rule.name === name && rule.processing?.steps.some(({ outcomes }) => outcomes !== undefined));
