import type { ConfigurationState } from '@waystation/domain';
import { Completion, Rule, Sender, Subscription, Target } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { openApiSchema, parseRequest } from '@waystation/service';
import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  putCompletion,
  putRule,
  putSender,
  putSubscription,
  putTarget,
  removeRule,
  removeSender,
  removeSubscription,
  removeTarget,
} from './edit-document.js';
import { PublishConfiguration } from './publish-configuration.js';
import { AuthorshipQuery, Publication } from './requests.js';

/** Rules and targets, over HTTP. */
@ApiTags('configuration')
@ApiQuery({ name: 'author', required: false, description: 'who changes it; stays in the log' })
@ApiQuery({ name: 'reason', required: false, description: 'why; stays in the log' })
@Controller('api/configuration')
export class ConfigurationController {
  constructor(private readonly configuration: PublishConfiguration) {}

  @Get()
  @ApiOperation({ summary: 'The configuration in force, with its version and hash' })
  show(): Promise<ConfigurationState> {
    return this.configuration.current();
  }

  @Put()
  @ApiOperation({ summary: 'Publishes a whole configuration; refused with every problem it has' })
  @ApiBody({ schema: openApiSchema(Publication) })
  publish(
    @Body(parseRequest(Publication)) { document, basedOn }: Publication,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.publish(document, by, basedOn);
  }

  @Put('completion')
  @ApiOperation({ summary: 'Changes when series count as complete; holds for series that open from then on' })
  @ApiBody({ schema: openApiSchema(Completion) })
  putCompletion(
    @Body(parseRequest(Completion)) completion: Completion,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.edit(putCompletion(completion), by);
  }

  @Put('rules/:name')
  @ApiOperation({ summary: 'Adds a rule or replaces the one of that name' })
  @ApiBody({ schema: openApiSchema(Rule) })
  putRule(
    @Param('name') name: string,
    @Body(parseRequest(Rule)) rule: Rule,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    sameName(rule.name, name);
    return this.configuration.edit(putRule(rule), by);
  }

  @Delete('rules/:name')
  @ApiOperation({ summary: 'Takes a rule out' })
  removeRule(
    @Param('name') name: string,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.edit(removeRule(name), by);
  }

  @Put('targets/:name')
  @ApiOperation({ summary: 'Adds a target or replaces the one of that name' })
  @ApiBody({ schema: openApiSchema(Target) })
  putTarget(
    @Param('name') name: string,
    @Body(parseRequest(Target)) target: Target,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    sameName(target.name, name);
    return this.configuration.edit(putTarget(target), by);
  }

  @Delete('targets/:name')
  @ApiOperation({ summary: 'Takes a target out; refused while rules name it' })
  removeTarget(
    @Param('name') name: string,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.edit(removeTarget(name), by);
  }

  @Put('senders/:aeTitle')
  @ApiOperation({ summary: 'Says what a caller has to show to use an AE title, or replaces what was said' })
  @ApiBody({ schema: openApiSchema(Sender) })
  putSender(
    @Param('aeTitle') aeTitle: string,
    @Body(parseRequest(Sender)) sender: Sender,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    sameName(sender.aeTitle, aeTitle);
    return this.configuration.edit(putSender(sender), by);
  }

  @Delete('senders/:aeTitle')
  @ApiOperation({ summary: 'Asks no more of an AE title than its name' })
  removeSender(
    @Param('aeTitle') aeTitle: string,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.edit(removeSender(aeTitle), by);
  }

  @Put('subscriptions/:name')
  @ApiOperation({ summary: 'Sends events to an endpoint from then on, or replaces what was said of it' })
  @ApiBody({ schema: openApiSchema(Subscription) })
  putSubscription(
    @Param('name') name: string,
    @Body(parseRequest(Subscription)) subscription: Subscription,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    sameName(subscription.name, name);
    return this.configuration.edit(putSubscription(subscription), by);
  }

  @Delete('subscriptions/:name')
  @ApiOperation({ summary: 'Sends an endpoint nothing more, and forgets how far it was' })
  removeSubscription(
    @Param('name') name: string,
    @Query(parseRequest(AuthorshipQuery)) by: AuthorshipQuery,
  ): Promise<ConfigurationState> {
    return this.configuration.edit(removeSubscription(name), by);
  }
}

const sameName = (inBody: string, inPath: string): void => {
  if (inBody !== inPath) throw new CodedError('request.invalid', `the path says '${inPath}', the body '${inBody}'`);
};
