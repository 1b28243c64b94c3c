import { messageFlow, type ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { RetentionWatch } from './retention-watch.js';

/** When a configuration says otherwise how long objects are kept: looks again at all that was decided about by the one before. */
@Controller()
export class LookAgainWhenPublished {
  constructor(private readonly watch: RetentionWatch) {}

  @OnEvent(messageFlow.lookAtRetention)
  async on({ data }: RecordedEvent<ConfigurationPublished>): Promise<void> {
    const isChanged = data.changes?.some(({ path }) => path.split('.', 1)[0] === 'retention') ?? true;
    if (isChanged) await this.watch.lookAtAll();
  }
}
