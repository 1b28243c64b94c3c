import type { ConfigurationInForce, ConfigurationVersion, DocumentChange } from '@waystation/answers';
import { diffDocuments } from '@waystation/domain';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Param, ParseIntPipe, Query } from '@nestjs/common';
import { PublishConfiguration } from './publish-configuration.js';
import { PublishedVersions } from './published-versions.js';
import { Versions } from './requests.js';

/** What was in force before, over HTTP. */
@ApiTags('configuration')
@Controller('api/configuration')
export class VersionsController {
  constructor(
    private readonly versions: PublishedVersions,
    private readonly configuration: PublishConfiguration,
  ) {}

  @Get('versions')
  @ApiOperation({ summary: 'Every version that was published, the newest first: by whom, why, and what it changed' })
  list(): Promise<readonly ConfigurationVersion[]> {
    return this.versions.list();
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'A version that was published; 0 is the empty one of the beginning' })
  version(@Param('version', ParseIntPipe) version: number): Promise<ConfigurationInForce> {
    return this.versions.version(version);
  }

  @Get('diff')
  @ApiOperation({ summary: 'Where two versions differ' })
  @ApiQuery({ name: 'from', description: 'a version' })
  @ApiQuery({ name: 'to', required: false, description: 'another one; the one in force without it' })
  async diff(@Query(parseRequest(Versions)) { from, to }: Versions): Promise<readonly DocumentChange[]> {
    const before = await this.versions.version(from);
    const after = to === undefined ? await this.configuration.current() : await this.versions.version(to);
    return diffDocuments(before.document, after.document);
  }
}
