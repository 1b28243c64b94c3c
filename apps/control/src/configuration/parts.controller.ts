import type { PublishedConfiguration } from '@waystation/answers';
import { Completion, ProcessingModule, Rule, Sender, Subscription, Target } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
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
import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import {
  putCompletion,
  putModule,
  putRule,
  putSender,
  putSubscription,
  putTarget,
  removeModule,
  removeRule,
  removeSender,
  removeSubscription,
  removeTarget,
} from './edit-document.js';
import { PublishConfiguration } from './publish-configuration.js';

/** Single parts of the configuration, over HTTP: each change is a publication of the whole. */
@ApiTags('configuration')
@AuthoredByQuery()
@Controller('api/configuration')
export class PartsController {
  constructor(private readonly configuration: PublishConfiguration) {}

  @Put('completion')
  @ApiOperation({ summary: 'Changes when series count as complete; holds for series that open from then on' })
  @ApiBody(() => ({ schema: openApiSchema(Completion) }))
  putCompletion(
    @Body(parseRequest(Completion)) completion: Completion,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    return this.configuration.edit(putCompletion(completion), by);
  }

  @Put('rules/:name')
  @ApiOperation({ summary: 'Adds a rule or replaces the one of that name' })
  @ApiBody(() => ({ schema: openApiSchema(Rule) }))
  putRule(
    @Param('name') name: string,
    @Body(parseRequest(Rule)) rule: Rule,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    sameName(rule.name, name);
    return this.configuration.edit(putRule(rule), by);
  }

  @Delete('rules/:name')
  @ApiOperation({ summary: 'Takes a rule out' })
  removeRule(@Param('name') name: string, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.configuration.edit(removeRule(name), by);
  }

  @Put('targets/:name')
  @ApiOperation({ summary: 'Adds a target or replaces the one of that name' })
  @ApiBody(() => ({ schema: openApiSchema(Target) }))
  putTarget(
    @Param('name') name: string,
    @Body(parseRequest(Target)) target: Target,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    sameName(target.name, name);
    return this.configuration.edit(putTarget(target), by);
  }

  @Delete('targets/:name')
  @ApiOperation({ summary: 'Takes a target out; refused while rules name it' })
  removeTarget(@Param('name') name: string, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.configuration.edit(removeTarget(name), by);
  }

  @Put('modules/:name')
  @ApiOperation({ summary: 'Adds a module or replaces the one of that name; jobs that run go on as they were begun' })
  @ApiBody(() => ({ schema: openApiSchema(ProcessingModule) }))
  putModule(
    @Param('name') name: string,
    @Body(parseRequest(ProcessingModule)) module: ProcessingModule,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    sameName(module.name, name);
    return this.configuration.edit(putModule(module), by);
  }

  @Delete('modules/:name')
  @ApiOperation({ summary: 'Takes a module out; refused while rules name it' })
  removeModule(@Param('name') name: string, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.configuration.edit(removeModule(name), by);
  }

  @Put('senders/:aeTitle')
  @ApiOperation({ summary: 'Says what a caller has to show to use an AE title, or replaces what was said' })
  @ApiBody(() => ({ schema: openApiSchema(Sender) }))
  putSender(
    @Param('aeTitle') aeTitle: string,
    @Body(parseRequest(Sender)) sender: Sender,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    sameName(sender.aeTitle, aeTitle);
    return this.configuration.edit(putSender(sender), by);
  }

  @Delete('senders/:aeTitle')
  @ApiOperation({ summary: 'Asks no more of an AE title than its name' })
  removeSender(@Param('aeTitle') aeTitle: string, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.configuration.edit(removeSender(aeTitle), by);
  }

  @Put('subscriptions/:name')
  @ApiOperation({ summary: 'Sends events to an endpoint from then on, or replaces what was said of it' })
  @ApiBody(() => ({ schema: openApiSchema(Subscription) }))
  putSubscription(
    @Param('name') name: string,
    @Body(parseRequest(Subscription)) subscription: Subscription,
    @By() by: Authorship,
  ): Promise<PublishedConfiguration> {
    sameName(subscription.name, name);
    return this.configuration.edit(putSubscription(subscription), by);
  }

  @Delete('subscriptions/:name')
  @ApiOperation({ summary: 'Sends an endpoint nothing more, and forgets how far it was' })
  removeSubscription(@Param('name') name: string, @By() by: Authorship): Promise<PublishedConfiguration> {
    return this.configuration.edit(removeSubscription(name), by);
  }
}

const sameName = (inBody: string, inPath: string): void => {
  if (inBody !== inPath) throw new CodedError('request.invalid', `the path says '${inPath}', the body '${inBody}'`);
};
