import { messageFlow, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { ProjectHistory } from './project-history.js';

/** When anything happens: bring the read models up to it. Being told twice, or late, changes nothing. */
@Controller()
export class ProjectHistoryWhenTold {
  constructor(private readonly project: ProjectHistory) {}

  @OnEvent(messageFlow.projectHistory)
  async on({ position }: RecordedEvent): Promise<void> {
    await this.project.through(position);
  }
}
