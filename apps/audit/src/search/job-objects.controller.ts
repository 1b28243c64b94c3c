import type { JobFileLine } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import type { StoredFile } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
import { ApiOperation, ApiProduces, ApiQuery, ApiTags, OBJECT_STORE, parseRequest } from '@waystation/service';
import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { JobObjects } from './job-objects.js';

const AttemptQuery = z.object({ attempt: z.coerce.number().int().positive().optional() });
type AttemptQuery = z.infer<typeof AttemptQuery>;

const whichAttempt = {
  name: 'attempt',
  required: false,
  description: 'the last one that left any unless told',
} as const;

/** What modules left in the object store besides objects, over HTTP. It may identify the patient. */
@ApiTags('jobs')
@Controller('api/jobs/:job/objects')
export class JobObjectsController {
  private readonly kept: JobObjects;

  constructor(
    log: EventLog,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {
    this.kept = new JobObjects(log);
  }

  @Get('log')
  @ApiOperation({ summary: 'What a module wrote while it ran' })
  @ApiProduces('text/plain')
  @ApiQuery(whichAttempt)
  async log(
    @Param('job') job: string,
    @Query(parseRequest(AttemptQuery)) { attempt }: AttemptQuery,
  ): Promise<StreamableFile> {
    return this.answer(await this.kept.logOf(job, attempt), 'text/plain; charset=utf-8');
  }

  @Get('result')
  @ApiOperation({ summary: 'What a module found' })
  @ApiProduces('application/json')
  @ApiQuery(whichAttempt)
  async result(
    @Param('job') job: string,
    @Query(parseRequest(AttemptQuery)) { attempt }: AttemptQuery,
  ): Promise<StreamableFile> {
    return this.answer(await this.kept.resultOf(job, attempt), 'application/json');
  }

  @Get('files')
  @ApiOperation({ summary: 'The files that a module made' })
  @ApiQuery(whichAttempt)
  async files(
    @Param('job') job: string,
    @Query(parseRequest(AttemptQuery)) { attempt }: AttemptQuery,
  ): Promise<readonly JobFileLine[]> {
    const files = await this.kept.filesOf(job, attempt);
    return files.map(({ name, object: { size, sha256 } }) => ({ name, size, sha256 }));
  }

  @Get('files/:name')
  @ApiOperation({ summary: 'A file that a module made' })
  @ApiProduces('application/octet-stream')
  @ApiQuery(whichAttempt)
  async file(
    @Param('job') job: string,
    @Param('name') name: string,
    @Query(parseRequest(AttemptQuery)) { attempt }: AttemptQuery,
  ): Promise<StreamableFile> {
    const file = await this.kept.fileOf(job, attempt, name);
    // A browser must not show what a module made as if it were a page of ours.
    return this.answer(file, 'application/octet-stream', 'attachment');
  }

  private async answer({ key, size }: StoredFile, type: string, disposition?: string): Promise<StreamableFile> {
    const bytes = await this.objects.get(key, { offset: 0, length: size });
    return new StreamableFile(bytes, { type, length: size, ...(disposition && { disposition }) });
  }
}
