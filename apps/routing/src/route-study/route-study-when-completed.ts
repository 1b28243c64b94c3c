import {
  completionOf,
  deliveriesBefore,
  deliveryDecider,
  followedRule,
  planDeliveries,
  planJobs,
  seriesDecider,
  studyDecider,
  type KnownSeries,
  type RouteStudy,
  type StudyEvent,
  type StudyState,
} from '@waystation/domain';
import { CommandHandler, EventLog, type AppendPart } from '@waystation/event-log';
import {
  messageFlow,
  streamName,
  type DeliveryRequested,
  type RecordedEvent,
  type StudyCompleted,
} from '@waystation/events';
import { Identities } from '@waystation/identity';
import { hasCode } from '@waystation/kernel';
import { OnEvent } from '@waystation/messaging';
import { causedBy, ConfigurationVersions } from '@waystation/service';
import { Controller } from '@nestjs/common';
import { partOfJob, partOfRequest } from '../part-of-request.js';
import { openedForFilters } from './opened-for-filters.js';

/** Of several rules of a study that are routed at once, each may find that another was faster. */
const TRIES = 20;

/**
 * When a study is complete for a rule: request its deliveries, or its job. The decision and what follows are written as one, so
 * there is never one without the other.
 */
@Controller()
export class RouteStudyWhenCompleted {
  private readonly versions: ConfigurationVersions;

  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
  ) {
    this.versions = new ConfigurationVersions(log);
  }

  @OnEvent(messageFlow.routeStudy)
  async on(completed: RecordedEvent<StudyCompleted>): Promise<void> {
    for (let tries = 1; ; tries++) {
      const command = await this.commandFor(completed);
      try {
        await this.commands.handle(studyDecider, completed.stream, command, {
          metadata: causedBy(completed),
          alongside: (events, state) => whatFollows(events, state, command),
        });
        return;
      } catch (error) {
        const outdated = hasCode(error, 'study.outdated') || hasCode(error, 'log.wrong-expected-version');
        if (!outdated || tries === TRIES) throw error;
      }
    }
  }

  private async commandFor({ stream, data }: RecordedEvent<StudyCompleted>): Promise<RouteStudy> {
    const which = { rule: data.rule, revision: data.revision };
    // The configuration under which the study was completed counts, whatever is in force by now.
    const [{ state: study }, { document }, series] = await Promise.all([
      this.commands.load(studyDecider, stream),
      this.versions.of(data.configuration.version),
      this.seriesOf(data),
    ]);
    const completion = completionOf(study, which);
    const rule = completion && followedRule(which, completion, document);
    const requested = await this.requests(deliveriesBefore(study, which, document, series));
    const opened = await openedForFilters(this.identities, rule, series.values());
    return { kind: 'route-study', ...which, document, series, opened, requested };
  }

  private async seriesOf({ series }: StudyCompleted['data']): Promise<ReadonlyMap<string, KnownSeries>> {
    const uids = [...new Set(series.map(({ seriesInstanceUid }) => seriesInstanceUid))];
    const loaded = await Promise.all(uids.map((uid) => this.commands.load(seriesDecider, streamName.series(uid))));
    return new Map(
      loaded.flatMap(({ state }) => (state.status === 'unknown' ? [] : [[state.seriesInstanceUid, state] as const])),
    );
  }

  private async requests(ids: readonly string[]): Promise<ReadonlyMap<string, DeliveryRequested['data']>> {
    const loaded = await Promise.all(ids.map((id) => this.commands.load(deliveryDecider, streamName.delivery(id))));
    return new Map(
      loaded.flatMap(({ state }) =>
        state.status === 'unknown' ? [] : [[state.request.delivery, state.request] as const],
      ),
    );
  }
}

/** Everything that is written together with a decision, or not at all: its deliveries, or its job. */
const whatFollows = (events: readonly StudyEvent[], state: StudyState, command: RouteStudy): readonly AppendPart[] =>
  events.some(({ type }) => type === 'study.routed.v1')
    ? [...planDeliveries(state, command).requests.map(partOfRequest), ...planJobs(state, command).map(partOfJob)]
    : [];
