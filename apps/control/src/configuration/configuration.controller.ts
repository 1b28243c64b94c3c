import type { CheckedConfiguration, ConfigurationInForce, PublishedConfiguration } from '@waystation/answers';
import { checkSubmission, diffDocuments, knownTagsOf } from '@waystation/domain';
import { configurationSchema, type JsonSchema } from '@waystation/events';
import {
  ApiBody,
  ApiOperation,
  ApiTags,
  AuthoredByQuery,
  By,
  openApiSchema,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { PublishConfiguration } from './publish-configuration.js';
import { Draft, Publication, Rollback } from './requests.js';
import { RollBack } from './roll-back.js';
import { SettingsOfApps } from './settings-of-apps.js';
import { submittedSchema } from './submitted-schema.js';

/** The configuration as a whole, over HTTP. */
@ApiTags('configuration')
@Controller('api/configuration')
export class ConfigurationController {
  constructor(
    private readonly configuration: PublishConfiguration,
    private readonly rollBack: RollBack,
    private readonly settings: SettingsOfApps,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The configuration in force, with its version and hash' })
  show(): Promise<ConfigurationInForce> {
    return this.configuration.current();
  }

  @Get('schema')
  @ApiOperation({ summary: 'The JSON Schema of a configuration, for editors' })
  schema(): JsonSchema {
    return configurationSchema();
  }

  @Put()
  @AuthoredByQuery()
  @ApiOperation({ summary: 'Publishes a whole configuration; refused with every problem it has' })
  @ApiBody(() => ({ schema: submittedSchema(Publication) }))
  publish(
    @Body(parseRequest(Publication)) { document, basedOn }: Publication,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    return this.configuration.submit(document, by, { basedOn });
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Finds everything that is wrong with a configuration, and where it differs from the one in force; changes nothing',
  })
  @ApiBody(() => ({ schema: submittedSchema(Draft) }))
  async check(@Body(parseRequest(Draft)) draft: Draft): Promise<CheckedConfiguration> {
    const { document, problems: found } = checkSubmission(draft.document, knownTagsOf);
    const problems = document === undefined ? found : [...found, ...(await this.settings.check(document))];
    const inForce = await this.configuration.current();
    return {
      ok: problems.every(({ severity }) => severity !== 'error'),
      problems,
      changes: document === undefined ? null : diffDocuments(inForce.document, document),
    };
  }

  @Post('rollback')
  @HttpCode(200)
  @AuthoredByQuery()
  @ApiOperation({
    summary: 'Publishes the document of an old version as a new one; refused where it would fail nowadays',
  })
  @ApiBody(() => ({ schema: openApiSchema(Rollback) }))
  rollback(@Body(parseRequest(Rollback)) { version }: Rollback, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.rollBack.to(version, by);
  }
}
