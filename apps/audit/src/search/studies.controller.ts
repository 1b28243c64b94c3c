import type { StudyLine } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { FindStudies } from './find-studies.js';
import { ApiPage } from './page-query.js';
import { StudyQuery } from './study-query.js';

/** Lists studies that rules wait for. */
@ApiTags('search')
@Controller('api/studies')
export class StudiesController {
  constructor(private readonly studies: FindStudies) {}

  @Get()
  @ApiOperation({
    summary:
      'What rules that wait for whole studies have collected, one line for each study and rule, and what it waits for',
  })
  @ApiQuery({ name: 'study', required: false })
  @ApiQuery({ name: 'rule', required: false })
  @ApiQuery({ name: 'status', required: false, description: 'waiting, complete, discarded or any' })
  @ApiPage()
  list(@Query(parseRequest(StudyQuery)) query: StudyQuery): Promise<readonly StudyLine[]> {
    return this.studies.find(query);
  }
}
