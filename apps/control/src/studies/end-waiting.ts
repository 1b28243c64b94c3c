import type { EndedWaiting } from '@waystation/answers';
import { configurationDecider, studyDecider, type CompleteStudy, type DiscardStudy } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type StudyCompleted, type StudyForceCompleted } from '@waystation/events';
import { loadPendingSeries, type Authorship } from '@waystation/service';
import { Injectable } from '@nestjs/common';

/** Ends the waiting of rules for a study. */
@Injectable()
export class EndWaiting {
  constructor(private readonly commands: CommandHandler) {}

  /** @throws CodedError `study.unknown`, `study.nothing-waits`, `study.unknown-rule` */
  complete(
    study: string,
    by: Authorship,
    how: Pick<CompleteStudy, 'rule' | 'follow'>,
  ): Promise<readonly EndedWaiting[]> {
    return this.tell(study, by, { kind: 'complete-study', ...how });
  }

  /** @throws CodedError `study.unknown`, `study.nothing-waits` */
  discard(study: string, by: Authorship, how: Pick<DiscardStudy, 'rule'>): Promise<readonly EndedWaiting[]> {
    return this.tell(study, by, { kind: 'discard-study', ...how });
  }

  private async tell(
    study: string,
    { actor, reason }: Authorship,
    asked: Pick<CompleteStudy, 'kind' | 'rule' | 'follow'> | Pick<DiscardStudy, 'kind' | 'rule'>,
  ): Promise<readonly EndedWaiting[]> {
    const stream = streamName.study(study);
    const { state: known } = await this.commands.load(studyDecider, stream);
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const inForce = {
      configuration: { version: state.version, sha256: state.sha256 },
      document: state.document,
      pending: await loadPendingSeries(this.commands, known),
      reason,
    };
    const { events } = await this.commands.handle(
      studyDecider,
      stream,
      { ...asked, ...inForce },
      { metadata: { actor, correlationid: stream } },
    );
    return events.flatMap(({ type, data }) => {
      if (type === 'study.completed.v1') return [endOf('completed', data)];
      return type === 'study.force-completed.v1' ? [endOf('discarded', data)] : [];
    });
  }
}

const endOf = (
  outcome: EndedWaiting['outcome'],
  { rule, series, pending }: StudyCompleted['data'] | StudyForceCompleted['data'],
): EndedWaiting => ({
  rule,
  outcome,
  series: new Set(series.map(({ seriesInstanceUid }) => seriesInstanceUid)).size,
  pending,
});
