import { Module } from '@nestjs/common';
import { ConfigurationController } from './configuration/configuration.controller.js';
import { PublishConfiguration } from './configuration/publish-configuration.js';
import { RedriveController } from './deliveries/redrive.controller.js';
import { FinishForgetting } from './patients/finish-forgetting.js';
import { ForgetPatient } from './patients/forget-patient.js';
import { PatientsController } from './patients/patients.controller.js';
import { RotationController } from './patients/rotation.controller.js';
import { RedeliverController } from './subscriptions/redeliver.controller.js';

/** The write side: configuration and commands of operators, over HTTP. */
@Module({
  controllers: [
    ConfigurationController,
    RedriveController,
    PatientsController,
    RotationController,
    RedeliverController,
  ],
  providers: [PublishConfiguration, ForgetPatient, FinishForgetting],
})
export class ControlModule {}
