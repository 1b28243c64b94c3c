import type { ProcessingContext } from '../module/processing-context.js';
import type { ProcessingInput } from '../module/processing-input.js';
import type { ProcessingOutput } from '../module/processing-output.js';

/** What the author of a processing app writes. */
export interface ProcessingApp<Settings> {
  /** Handles one job. A throw fails the attempt; its message goes into the log of the job and nowhere else. */
  process(input: ProcessingInput, output: ProcessingOutput, context: ProcessingContext<Settings>): Promise<void> | void;
}
