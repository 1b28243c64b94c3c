import { EventLog } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import {
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
  OBJECT_STORE,
  parseRequest,
  PLATFORM,
  type Platform,
} from '@waystation/service';
import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { ProjectHistory } from '../project-history/project-history.js';
import { SealLog } from '../verify/seal-log.js';
import { bundleStudy, type BundleSources } from './bundle-study.js';

const BundleQuery = z.object({ objects: z.stringbool().default(false) });

/** Evidence to take away, over HTTP. */
@ApiTags('history')
@Controller('api')
export class BundleController {
  private readonly sources: BundleSources;

  constructor(
    log: EventLog,
    project: ProjectHistory,
    views: DataSource,
    seals: SealLog,
    @Inject(OBJECT_STORE) objects: ObjectStore,
    @Inject(PLATFORM) { source }: Platform,
  ) {
    this.sources = { log, project, views, objects, source, seal: () => seals.seal() };
  }

  @Get('studies/:studyInstanceUid/bundle')
  @ApiOperation({ summary: 'The evidence of a study as a zip, with a program that checks it on any machine' })
  @ApiProduces('application/zip')
  @ApiQuery({ name: 'objects', required: false, description: 'true: with the DICOM files' })
  async study(
    @Param('studyInstanceUid') studyInstanceUid: string,
    @Query(parseRequest(BundleQuery)) { objects }: z.infer<typeof BundleQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const zip = await bundleStudy(this.sources, studyInstanceUid, { withObjects: objects });
    response.once('close', () => zip.destroy());
    const disposition = `attachment; filename="study-${studyInstanceUid}.zip"`;
    const file = new StreamableFile(zip, { type: 'application/zip', disposition });
    // Nest would end the answer in order, and half a zip would look like a whole one.
    return file.setErrorHandler((error) => void response.destroy(error));
  }
}
