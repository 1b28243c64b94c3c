import { Module } from '@nestjs/common';
import { ConfigurationController } from './configuration/configuration.controller.js';
import { PublishConfiguration } from './configuration/publish-configuration.js';
import { RedriveController } from './deliveries/redrive.controller.js';

/** The write side: configuration and commands of operators, over HTTP. */
@Module({
  controllers: [ConfigurationController, RedriveController],
  providers: [PublishConfiguration],
})
export class ControlModule {}
