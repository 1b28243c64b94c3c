import { failureReportModule } from '@waystation/domain';
import {
  ProcessingModule,
  type ProcessingContext,
  type ProcessingInput,
  type ProcessingOutput,
} from '@waystation/module-sdk';
import { FailureSettings } from './failure-settings.js';
import { reportOf } from './report-of.js';

/** Makes a DICOM object that tells whoever sent the input why it could not be processed. */
@ProcessingModule({ name: failureReportModule, version: '1.0.0', settings: FailureSettings })
export class FailureReport {
  async process(
    { instances, series, studyInstanceUid }: ProcessingInput,
    output: ProcessingOutput,
    { settings }: ProcessingContext<FailureSettings>,
  ): Promise<void> {
    const [smallest] = instances.toSorted((a, b) => a.size - b.size);
    const facts = (await smallest?.header()) ?? {};
    const seriesInstanceUids = series.map(({ seriesInstanceUid }) => seriesInstanceUid);
    await output.addInstance(reportOf(settings, { studyInstanceUid, seriesInstanceUids, facts }));
  }
}
