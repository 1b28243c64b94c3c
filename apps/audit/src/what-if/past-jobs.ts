import { fold, jobDecider, type JobEvent, type KnownJob, type PastJob } from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import {
  identityPlace,
  streamName,
  type Facts,
  type JobRequested,
  type JobRouted,
  type Recorded,
  type RecordedEvent,
} from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import type { ConfigurationVersions } from '@waystation/service';

/** A decision about what follows from a job, as the log has it. */
export type RoutedJob = RecordedEvent<JobRouted>;

/** Gathers what was made and found by jobs of the past. */
export class PastJobs {
  constructor(
    private readonly log: EventLog,
    private readonly identities: Identities,
    private readonly versions: ConfigurationVersions,
  ) {}

  /** What was asked for; it stands at the beginning of the stream. */
  async requestOf({ stream }: RoutedJob): Promise<JobRequested['data']> {
    const [requested] = await this.log.readStream(stream, { through: 1 });
    if (requested?.type === 'job.requested.v1') return requested.data as JobRequested['data'];
    throw new CodedError('what-if.no-request', `${stream} does not begin with a request`);
  }

  /**
   * A job behind those whose output it was given, the first step of the rule first.
   * @param asksResults whether what was found is wanted
   * @returns undefined where the patient is forgotten whom that is about
   */
  async stepsTo(routed: RoutedJob, asksResults: boolean): Promise<readonly PastJob[] | undefined> {
    const job = await this.#before(routed);
    const findings = asksResults ? await this.#findings(job) : {};
    if (findings === undefined) return undefined;
    const version = job.started?.configurationVersion ?? job.request.configuration.version;
    const { document } = await this.versions.of(version);
    const steps = await this.#stepsBefore(job, asksResults);
    return steps && [...steps, { routed: routed.data, job, findings, document }];
  }

  async #stepsBefore({ request }: KnownJob, asksResults: boolean): Promise<readonly PastJob[] | undefined> {
    const [input] = request.input;
    if (request.step === 0 || input === undefined || !('job' in input)) return [];
    const events = await this.log.readStream(streamName.job(input.job));
    const routed = events.find(
      (event): event is RoutedJob =>
        event.type === 'job.routed.v1' && (event.data as JobRouted['data']).attempt === input.attempt,
    );
    return routed === undefined ? [] : this.stepsTo(routed, asksResults);
  }

  async #before({ stream, sequence }: RoutedJob): Promise<KnownJob> {
    const events = await this.log.readStream(stream, { through: sequence - 1 });
    const state = fold(jobDecider, events as unknown as readonly Recorded<JobEvent>[]);
    if (state.status !== 'unknown') return state;
    throw new CodedError('what-if.no-request', `${stream} does not begin with a request`);
  }

  async #findings({ request, attempt, successes }: KnownJob): Promise<Facts | undefined> {
    const sealed = successes.find((one) => one.attempt === attempt)?.findings;
    return sealed === undefined
      ? {}
      : this.identities.open({ place: identityPlace.jobFindings(request.job, attempt), sealed });
  }
}
