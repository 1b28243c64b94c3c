import { Module } from '@nestjs/common';
import { ConfigurationController } from './configuration/configuration.controller.js';
import { PartsController } from './configuration/parts.controller.js';
import { PublishConfiguration } from './configuration/publish-configuration.js';
import { SettingsOfApps } from './configuration/settings-of-apps.js';
import { PublishedVersions } from './configuration/published-versions.js';
import { RollBack } from './configuration/roll-back.js';
import { VersionsController } from './configuration/versions.controller.js';
import { HoldController } from './deliveries/hold.controller.js';
import { RedriveController } from './deliveries/redrive.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { RedriveNotificationController } from './notifications/redrive-notification.controller.js';
import { FinishForgetting } from './patients/finish-forgetting.js';
import { ForgetPatient } from './patients/forget-patient.js';
import { PatientsController } from './patients/patients.controller.js';
import { RotationController } from './patients/rotation.controller.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { RequestReinjection } from './quarantine/request-reinjection.js';
import { SeriesController } from './series/series.controller.js';
import { EndWaiting } from './studies/end-waiting.js';
import { StudiesController } from './studies/studies.controller.js';
import { RedeliverController } from './subscriptions/redeliver.controller.js';

/** The write side: configuration and commands of operators, over HTTP. */
@Module({
  controllers: [
    ConfigurationController,
    VersionsController,
    PartsController,
    RedriveController,
    HoldController,
    JobsController,
    RedriveNotificationController,
    QuarantineController,
    SeriesController,
    StudiesController,
    PatientsController,
    RotationController,
    RedeliverController,
  ],
  providers: [
    EndWaiting,
    PublishConfiguration,
    PublishedVersions,
    RollBack,
    SettingsOfApps,
    ForgetPatient,
    FinishForgetting,
    RequestReinjection,
  ],
})
export class ControlModule {}
