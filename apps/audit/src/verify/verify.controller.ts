import type { KeyObject } from 'node:crypto';
import { EventLog, publicKeyFrom, verifyLog } from '@waystation/event-log';
import { CodedError, messageOf } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { ApiOperation, ApiQuery, ApiTags, OBJECT_STORE, parseRequest } from '@waystation/service';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerWithProgress } from './answer-with-progress.js';
import { keptSeals } from './kept-seals.js';

const Position = z.coerce.number().int().positive().optional();
const VerifyQuery = z.object({ from: Position, to: Position, key: z.base64url().optional() });
type VerifyQuery = z.infer<typeof VerifyQuery>;

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
    summary:
      'Reads the log: no hole, every hash, every seal and signature, and the copies of the seals outside. With Accept: application/x-ndjson it tells how far it is',
  })
  @ApiQuery({ name: 'from', required: false, description: 'first position' })
  @ApiQuery({ name: 'to', required: false, description: 'last position' })
  @ApiQuery({
    name: 'key',
    required: false,
    description: 'public key that the newest seal has to be signed with: SubjectPublicKeyInfo in DER, base64url',
  })
  async verify(
    @Query(parseRequest(VerifyQuery)) { from, to, key }: VerifyQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const publicKeys = key === undefined ? [] : [keyFrom(key)];
    await answerWithProgress(request, response, (report) =>
      verifyLog(this.log, {
        anchors: keptSeals(this.objects),
        publicKeys,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        onProgress: (position, last) => report({ position, to: last }),
      }),
    );
  }
}

const keyFrom = (text: string): KeyObject => {
  try {
    return publicKeyFrom(Buffer.from(text, 'base64url').toString('base64'));
  } catch (error) {
    throw new CodedError('request.invalid', `key: ${messageOf(error)}`, { cause: error });
  }
};
