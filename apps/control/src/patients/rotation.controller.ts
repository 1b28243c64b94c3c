import type { RotationProgress } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import { IdentityKeyRotated, streamName } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { ApiOperation, ApiTags, AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Post } from '@nestjs/common';

/** Changes the key that the keys of patients are wrapped by, over HTTP. */
@ApiTags('patients')
@Controller('api/identity')
export class RotationController {
  constructor(
    private readonly identities: Identities,
    private readonly log: EventLog,
  ) {}

  @Post('rotation')
  @HttpCode(200)
  @AuthoredByQuery()
  @ApiOperation({
    summary:
      'Wraps some keys again with the key in force, and says how many remain. To be asked until none does; then the log has an event of it',
  })
  async step(@By() { author, reason, actor }: Authorship): Promise<RotationProgress> {
    return this.identities.rotation.step(async (rotated) => {
      const rotation = IdentityKeyRotated.of({ ...rotated, author, reason });
      const time = this.log.clock.estimate();
      const part = { stream: streamName.log, expected: 'any', events: [rotation] } as const;
      await this.log.append({ time, metadata: { actor }, parts: [part] });
    });
  }
}
