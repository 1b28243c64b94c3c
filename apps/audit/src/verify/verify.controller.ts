import { text } from 'node:stream/consumers';
import { EventLog, verifyLog, type VerifyReport } from '@waystation/event-log';
import { LogSealed } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
import { OBJECT_STORE } from '@waystation/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { sealsFolder } from './seal-log.js';

/** Proof that the log is whole, over HTTP. */
@ApiTags('log')
@Controller('api/verify')
export class VerifyController {
  constructor(
    private readonly log: EventLog,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Reads the whole log: no hole, every hash, every seal, and the copies of the seals outside',
  })
  verify(): Promise<VerifyReport> {
    return verifyLog(this.log, { anchors: this.anchors() });
  }

  private async *anchors(): AsyncIterable<LogSealed['data']> {
    for await (const { key } of this.objects.list(sealsFolder)) {
      yield LogSealed.schema.parse(JSON.parse(await text(await this.objects.get(key))));
    }
  }
}
