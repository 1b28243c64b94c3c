import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of processing: what a job may make. */
export const processingTable = {
  jobOutputs: setting('processing.outputs', 'PROCESSING_OUTPUTS', kind.whole('a whole number', 1, 1_000_000), {
    doc: 'Objects and files that one job may make. A job that makes more fails.',
    fallback: '10000',
  }),
  jobOutputBytes: setting('processing.outputBytes', 'PROCESSING_OUTPUT_BYTES', kind.bytes(1, 2 ** 50), {
    doc: 'Bytes that one job may make, all of its objects and files together. A job that makes more fails.',
    fallback: '21474836480',
  }),
} as const;
