import type { EndedWaiting } from '@waystation/answers';
import {
  ApiOperation,
  ApiQuery,
  ApiTags,
  AuthoredByQuery,
  By,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { EndWaiting } from './end-waiting.js';

const WhichRule = z.object({ rule: z.string().optional() });
const HowToGoOn = WhichRule.extend({ follow: z.string().optional() });
type WhichRule = z.infer<typeof WhichRule>;
type HowToGoOn = z.infer<typeof HowToGoOn>;

/** What operators say of a study, over HTTP. */
@ApiTags('studies')
@Controller('api/studies')
export class StudiesController {
  constructor(private readonly waiting: EndWaiting) {}

  @Post(':study/complete')
  @HttpCode(202)
  @ApiOperation({ summary: 'Counts a study as complete for the rules that wait for it, with what there is of it' })
  @ApiQuery({ name: 'rule', required: false, description: 'only for this rule, also with what was discarded before' })
  @ApiQuery({ name: 'follow', required: false, description: 'the rule that says where it goes in place of that one' })
  @AuthoredByQuery()
  complete(
    @Param('study') study: string,
    @Query(parseRequest(HowToGoOn)) { rule, follow }: HowToGoOn,
    @By() by: Authorship,
  ): Promise<readonly EndedWaiting[]> {
    return this.waiting.complete(study, by, { ...(rule && { rule }), ...(follow && { follow }) });
  }

  @Post(':study/discard')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Has what waits of a study go nowhere; its objects are kept, and it can be completed later',
  })
  @ApiQuery({ name: 'rule', required: false, description: 'only for this rule' })
  @AuthoredByQuery()
  discard(
    @Param('study') study: string,
    @Query(parseRequest(WhichRule)) { rule }: WhichRule,
    @By() by: Authorship,
  ): Promise<readonly EndedWaiting[]> {
    return this.waiting.discard(study, by, { ...(rule && { rule }) });
  }
}
