import { failureReportModule } from '@waystation/domain';
import { AppModule } from '@waystation/events';
import { ProcessingAppModule } from '@waystation/module-sdk';
import { FailureReport } from './failure-report.js';

/** Takes the jobs of {@link FailureReport}, which no configuration names. */
export const FailureReportModule = ProcessingAppModule.for(FailureReport, {
  builtIn: AppModule.parse({ kind: 'app', name: failureReportModule }),
});
