import { EventLog, proveEvent, type EventProof } from '@waystation/event-log';
import { hasCode } from '@waystation/kernel';
import { ApiOperation, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { SealLog } from './seal-log.js';

const Position = z.coerce.number().int().positive();

/** Proof that one event is in the log, over HTTP. */
@ApiTags('log')
@Controller('api/proofs')
export class ProofController {
  constructor(
    private readonly log: EventLog,
    private readonly seals: SealLog,
  ) {}

  @Get(':position')
  @ApiOperation({
    summary: 'An event, the way from it to the root of its seal, and the seal: to be checked without this log',
  })
  async prove(@Param('position', parseRequest(Position)) position: number): Promise<EventProof> {
    try {
      return await proveEvent(this.log, position);
    } catch (error) {
      if (!hasCode(error, 'log.not-sealed-yet')) throw error;
      // Nobody who asks for a proof should have to wait for the next turn of the sealer.
      await this.seals.seal();
      return proveEvent(this.log, position);
    }
  }
}
