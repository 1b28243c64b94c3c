import { decisionOfSeries, decisionsOfStudy, seriesDecider, studyDecider, type RuleDecision } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { messageFlow, type RecordedEvent, type SeriesRouted, type StudyRouted } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { RequestNotifications } from './request-notifications.js';

/** When rules decided about a series or a study: tell those who want to know that it was received. */
@Controller()
export class NotifyWhenDecided {
  constructor(
    private readonly commands: CommandHandler,
    private readonly notifications: RequestNotifications,
  ) {}

  @OnEvent(messageFlow.notifyOfDecisions)
  async on(routed: RecordedEvent<SeriesRouted | StudyRouted>): Promise<void> {
    const decision = await this.decisionOf(routed);
    if (decision !== undefined) await this.notifications.ofDecision(decision, routed);
  }

  private async decisionOf(routed: RecordedEvent<SeriesRouted | StudyRouted>): Promise<RuleDecision | undefined> {
    if (routed.type === 'study.routed.v1') {
      const { rule, revision } = routed.data as StudyRouted['data'];
      const { state } = await this.commands.load(studyDecider, routed.stream);
      return decisionsOfStudy(state).find((each) => each.waited === rule && each.revision === revision);
    }
    const { state } = await this.commands.load(seriesDecider, routed.stream);
    return state.status === 'unknown' ? undefined : decisionOfSeries(state, routed.data as SeriesRouted['data']);
  }
}
